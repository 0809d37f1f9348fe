package dev.torii.engine.admin;

import static dev.torii.model.config.EntityKind.CONSUMERS;
import static dev.torii.model.config.EntityKind.PLUGINS;
import static dev.torii.model.config.EntityKind.ROUTES;
import static dev.torii.model.config.EntityKind.SERVICES;
import static dev.torii.model.config.EntityKind.TARGETS;
import static dev.torii.model.config.EntityKind.UPSTREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.config.EntityKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// What decK has in its file: two entities of each kind, by the rows of the contract's table, and a
/// plugin of each that is installed, with the defaults that it asks the gateway for.
record DeckFile(AdminApi api) {

    /// The kinds whose defaults decK takes from their schemas before it compares.
    private static final List<EntityKind> FILLED = List.of(SERVICES, ROUTES, UPSTREAMS, TARGETS);

    private static final Placeholders IDS = new Placeholders(DeckFile::idOf);

    /// An entity as decK's file has it.
    record Wanted(EntityKind kind, String id, ObjectNode body) {

        /// Where it is written, changed and deleted.
        String path() {
            KindRow row = KindRow.of(kind);
            for (KindRow.Parent parent : row.parents()) {
                if (row.onlyBelow() || (parent.required() && parent.kind() == CONSUMERS)) {
                    return "/%s/%s/%s/%s"
                            .formatted(
                                    parent.kind().path(),
                                    body.path(parent.field()).path("id").asText(),
                                    parent.below(),
                                    id);
                }
            }
            return "/" + kind.path() + "/" + id;
        }
    }

    /// decK makes the ids, and the same ones at each sync.
    static String idOf(EntityKind kind, int n) {
        byte[] name = (kind + " " + n).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString();
    }

    List<Wanted> wanted() {
        List<Wanted> wanted = new ArrayList<>();
        for (EntityKind kind : EntityKind.values()) {
            KindRow row = KindRow.of(kind);
            for (int n = 1; n <= 2; n++) {
                ObjectNode body = IDS.in(row.body(n)).put("id", idOf(kind, n));
                if (row.onlyBelow()) {
                    body.setAll(IDS.in(row.filled()));
                }
                wanted.add(new Wanted(kind, idOf(kind, n), withDefaults(kind, body)));
            }
        }
        for (JsonNode plugin : KindRow.yaml("/deck/plugins.yaml", JsonNode.class)) {
            String name = plugin.path("name").asText();
            String id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
            ObjectNode body = ((ObjectNode) plugin).put("id", id);
            body.putArray("tags").add(name).add("ai");
            wanted.add(new Wanted(PLUGINS, id, withDefaults(PLUGINS, body)));
        }
        assertThat(wanted.stream().map(each -> each.body().path("name").asText()))
                .as("a plugin of each kind")
                .containsAll(
                        PluginRegistry.discovered().types().stream()
                                .map(PluginType::name)
                                .toList());
        return wanted;
    }

    private ObjectNode withDefaults(EntityKind kind, ObjectNode body) {
        if (kind == PLUGINS) {
            JsonNode schema = api.get("/schemas/plugins/" + body.path("name").asText()).json();
            fill(body, schema.path("fields"));
        } else if (FILLED.contains(kind)) {
            fill(body, api.get("/schemas/" + kind.schemaName()).json().path("fields"));
        }
        return body;
    }

    /// Fills in the defaults of a schema, as clients do: a record that is not there only where the
    /// schema says that it must be.
    private static void fill(ObjectNode body, JsonNode fields) {
        for (JsonNode field : fields) {
            String name = field.fieldNames().next();
            JsonNode spec = field.get(name);
            boolean record = spec.path("type").asText().equals("record");
            if (record && (body.hasNonNull(name) || spec.path("required").asBoolean())) {
                if (!body.hasNonNull(name)) {
                    body.putObject(name);
                }
                fill((ObjectNode) body.get(name), spec.path("fields"));
            } else if (!body.has(name) && spec.has("default")) {
                body.set(name, spec.get("default"));
            } else if (spec.path("elements").path("type").asText().equals("record")) {
                body.path(name)
                        .forEach(e -> fill((ObjectNode) e, spec.path("elements").path("fields")));
            }
        }
    }
}
