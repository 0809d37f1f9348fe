package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.FieldSchemas;
import dev.torii.engine.openapi.FieldSchemas.Use;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The schemas of entities in the OpenAPI document. A plugin is one of those that are installed, by
/// its name.
final class EntityComponents {

    private static final String CONFIG = "config";

    private final ApiDocument api;
    private final PluginRegistry plugins;
    private final RuleBook rules;

    EntityComponents(ApiDocument api, PluginRegistry plugins, RuleBook rules) {
        this.api = api;
        this.rules = rules;
        this.plugins = plugins;
    }

    ObjectNode read(EntityKind kind) {
        return reference(kind, Use.READ);
    }

    ObjectNode patch(EntityKind kind) {
        return reference(kind, Use.PATCH);
    }

    /// The fields of an entity as it is read, and others beside them.
    ///
    /// @param others their schemas by name
    ObjectNode readWith(EntityKind kind, ObjectNode others) {
        ObjectNode schema = new FieldSchemas(Use.READ).of(schema(kind, Use.READ), Set.of());
        schema.withObject("/properties").setAll(others);
        return schema;
    }

    /// A whole entity as it is sent.
    ///
    /// @param inPath fields that the request gives in its path
    ObjectNode write(EntityKind kind, Set<String> inPath) {
        ObjectNode schema = reference(kind, Use.WRITE);
        ObjectNode rest =
                new FieldSchemas(Use.WRITE).rest(EntitySchemas.of(kind), elsewhere(kind), inPath);
        if (rest.isEmpty()) {
            return schema;
        }
        ObjectNode both = Json.object();
        both.putArray("allOf").add(schema).add(rest);
        return both;
    }

    ObjectNode page(EntityKind kind) {
        return api.schema(kind.singular() + ".page", () -> page(read(kind)));
    }

    /// A page of a list.
    static ObjectNode page(ObjectNode items) {
        ObjectNode page = Json.object().put("type", "object");
        ObjectNode properties = page.putObject("properties");
        properties.putObject("data").put("type", "array").set("items", items);
        properties
                .putObject("next")
                .put("description", "The path of the next page; null on the last.")
                .putArray("type")
                .add("string")
                .add("null");
        properties
                .putObject("offset")
                .put("type", "string")
                .put("description", "That page's offset; absent on the last.");
        page.putArray("required").add("data").add("next");
        return page.put("additionalProperties", false);
    }

    /// Says which page of a list may be asked for.
    static Operation paged(Operation operation) {
        return operation
                .query("size", "How many at most.", Types.pageSize(1000, 100))
                .query("offset", "Where to go on: the offset of the page before.", Types.text());
    }

    /// References, which a path below a parent gives, and the key that may stand for the id.
    private Set<String> elsewhere(EntityKind kind) {
        Set<String> names = new HashSet<>();
        Relation.ofChild(kind).forEach(relation -> names.add(relation.field()));
        Stream.of(kind.endpointKey(), rules.of(kind).keyBelowParent())
                .filter(Objects::nonNull)
                .forEach(names::add);
        return names;
    }

    private ObjectNode reference(EntityKind kind, Use use) {
        String name = kind.singular() + suffix(use);
        if (kind != EntityKind.PLUGINS) {
            return api.schema(
                    name, () -> new FieldSchemas(use).of(schema(kind, use), elsewhere(kind)));
        }
        return api.schema(name, () -> use == Use.PATCH ? anyPlugin() : oneOfThePlugins(use));
    }

    private Schema schema(EntityKind kind, Use use) {
        Schema schema = EntitySchemas.of(kind);
        Schema also = rules.of(kind).alsoShown();
        return use == Use.READ && also != null ? schema.overlaidBy(also) : schema;
    }

    private static String suffix(Use use) {
        return use == Use.READ ? "" : "." + use.name().toLowerCase(Locale.ROOT);
    }

    private ObjectNode oneOfThePlugins(Use use) {
        ObjectNode schema = Json.object();
        var ways = schema.putArray("oneOf");
        ObjectNode discriminator = schema.putObject("discriminator").put("propertyName", "name");
        for (PluginType type : plugins.types()) {
            ObjectNode way = plugin(type, use);
            ways.add(way);
            discriminator.withObject("/mapping").set(type.name(), way.get("$ref"));
        }
        return schema;
    }

    private ObjectNode plugin(PluginType type, Use use) {
        String name = "plugin." + type.name();
        return api.schema(
                name + suffix(use),
                () -> {
                    Schema whole = EntitySchemas.ofPlugin(type.schema());
                    ObjectNode schema =
                            new FieldSchemas(use).of(whole, elsewhere(EntityKind.PLUGINS));
                    ObjectNode properties = (ObjectNode) schema.get("properties");
                    properties.putObject("name").put("type", "string").put("const", type.name());
                    properties.set(CONFIG, config(type, use, properties));
                    return schema;
                });
    }

    private ObjectNode config(PluginType type, Use use, ObjectNode properties) {
        return api.schema(
                "plugin." + type.name() + "." + CONFIG + suffix(use),
                () -> properties.required(CONFIG));
    }

    /// A change need not name the plugin, so its settings may be those of any.
    private ObjectNode anyPlugin() {
        var schemas = new FieldSchemas(Use.PATCH);
        ObjectNode schema =
                schemas.of(EntitySchemas.of(EntityKind.PLUGINS), elsewhere(EntityKind.PLUGINS));
        ObjectNode properties = (ObjectNode) schema.get("properties");
        ObjectNode config = properties.putObject(CONFIG);
        var ways = config.putArray("anyOf");
        for (PluginType type : plugins.types()) {
            ObjectNode whole = schemas.of(EntitySchemas.ofPlugin(type.schema()), Set.of());
            ways.add(config(type, Use.PATCH, (ObjectNode) whole.get("properties")));
        }
        return schema;
    }
}
