package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Each plugin brings its own schema and its own look at its settings.
final class PluginRules implements EntityRules {

    private final PluginRegistry plugins;

    PluginRules(PluginRegistry plugins) {
        this.plugins = plugins;
    }

    @Override
    public Schema schema(Schema common, Input input, @Nullable ObjectNode stored) {
        JsonNode given = input.under(common).get("name");
        JsonNode name = given == null && stored != null ? stored.get("name") : given;
        if (name == null || name.isNull()) {
            throw wrongName(common, "required field missing");
        }
        if (!name.isTextual()) {
            throw wrongName(common, "expected a string");
        }
        return plugins.schema(name.textValue())
                .map(EntitySchemas::ofPlugin)
                .orElseThrow(() ->
                        wrongName(
                                common,
                                "plugin '"
                                        + name.textValue()
                                        + "' not enabled; add it to the 'plugins' configuration"
                                        + " property"));
    }

    private static ProblemException wrongName(Schema common, String message) {
        return Problems.schemaViolation(common, List.of(Violation.of(message, "name")));
    }

    @Override
    public boolean isToriiOnly(ObjectNode plugin) {
        return plugin.get("config") instanceof ObjectNode config
                && plugins.find(plugin.path("name").asText())
                        .map(factory -> factory.isToriiOnly(config))
                        .orElse(false);
    }

    /// What only the plugin itself can find.
    @Override
    public List<Violation> check(ObjectNode plugin) {
        if (!(plugin.get("config") instanceof ObjectNode config)) {
            return List.of();
        }
        return plugins
                .find(plugin.path("name").asText())
                .map(factory -> factory.check(config))
                .orElse(List.of())
                .stream()
                .map(violation -> violation.below("config"))
                .toList();
    }

    /// Protocols that were given must share one with the route, or with a route of the service,
    /// that the plugin is for.
    @Override
    public void checkAmong(ObjectNode plugin, Input input, ConfigSnapshot snapshot) {
        Schema schema = EntitySchemas.of(EntityKind.PLUGINS);
        if (!input.under(schema).hasNonNull("protocols")) {
            return;
        }
        Set<String> own = protocols(plugin);
        String routeId = plugin.path("route").path("id").textValue();
        ObjectNode route = routeId == null ? null : snapshot.find(EntityKind.ROUTES, routeId);
        if (route != null && protocols(route).stream().noneMatch(own::contains)) {
            throw mismatch(schema, "must match the associated route's protocols");
        }
        String serviceId = plugin.path("service").path("id").textValue();
        if (serviceId != null) {
            List<ObjectNode> routes = snapshot.having(EntityKind.ROUTES, "service", serviceId);
            if (!routes.isEmpty()
                    && routes.stream()
                            .flatMap(r -> protocols(r).stream())
                            .noneMatch(own::contains)) {
                throw mismatch(
                        schema,
                        "must match the protocols of at least one route pointing to this Plugin's"
                                + " service");
            }
        }
    }

    private static ProblemException mismatch(Schema schema, String message) {
        return Problems.schemaViolation(schema, List.of(Violation.of(message, "protocols")));
    }

    private static Set<String> protocols(ObjectNode entity) {
        Set<String> protocols = new LinkedHashSet<>();
        entity.path("protocols").forEach(protocol -> protocols.add(protocol.asText()));
        return protocols;
    }
}
