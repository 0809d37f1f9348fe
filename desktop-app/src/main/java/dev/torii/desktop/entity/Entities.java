package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.form.UrlShorthand;
import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// Reads entities for people: what they are called and what they do, in one line.
final class Entities {

    private static final int SHORT_ID = 8;
    private static final UrlShorthand URL = new UrlShorthand();

    private Entities() {}

    static String id(JsonNode entity) {
        return entity.path("id").asText("");
    }

    /// The name, or what stands for it.
    static String label(EntityKind kind, ObjectNode entity) {
        return switch (kind) {
            case SERVICES -> usageLabel(entity);
            case ROUTES -> named(entity, "name", shortId(entity));
            case PLUGINS -> named(entity, "name", shortId(entity));
            case CONSUMERS ->
                    named(entity, "username", named(entity, "custom_id", shortId(entity)));
            default -> shortId(entity);
        };
    }

    /// What the engine's usage calls a service or a route.
    static String usageLabel(ObjectNode entity) {
        String otherwise =
                entity.path("host").isTextual() ? entity.path("host").asText() : id(entity);
        return named(entity, "name", otherwise);
    }

    private static String named(ObjectNode entity, String field, String otherwise) {
        return entity.path(field).isTextual() ? entity.path(field).asText() : otherwise;
    }

    static String shortId(ObjectNode entity) {
        String id = id(entity);
        return id.length() <= SHORT_ID ? id : id.substring(0, SHORT_ID);
    }

    /// The field by which other entities refer to one of this kind.
    static String reference(EntityKind kind) {
        return switch (kind) {
            case SERVICES -> "service";
            case ROUTES -> "route";
            case CONSUMERS -> "consumer";
            default -> throw new IllegalArgumentException("nothing refers to " + kind.path());
        };
    }

    static boolean enabled(JsonNode entity) {
        return entity.path("enabled").asBoolean(true);
    }

    static String url(ObjectNode service) {
        return URL.join(service).asText("");
    }

    /// Where a service's requests go: the model or the providers that a plugin of the service or of
    /// its only route sends them to, or the URL.
    static String upstream(Inventory inventory, ObjectNode service) {
        var plugins = new ArrayList<>(inventory.pluginsOn(EntityKind.SERVICES, service));
        List<ObjectNode> routes = inventory.routesOf(service);
        if (routes.size() == 1) {
            plugins.addAll(0, inventory.pluginsOn(EntityKind.ROUTES, routes.getFirst()));
        }
        for (ObjectNode plugin : plugins) {
            if (!enabled(plugin)) {
                continue;
            }
            switch (plugin.path("name").asText()) {
                case "ai-proxy" -> {
                    return model(plugin);
                }
                case "ai-models" -> {
                    return String.join(", ", providers(plugin));
                }
                default -> {}
            }
        }
        return url(service);
    }

    /// The providers of an `ai-models`, each once.
    static List<String> providers(ObjectNode aiModels) {
        var providers = new LinkedHashSet<String>();
        aiModels.path("config")
                .path("targets")
                .forEach(target -> providers.add(target.path("model").path("provider").asText("")));
        return List.copyOf(providers);
    }

    /// `openai · gpt-4o-mini`.
    static String model(ObjectNode aiProxy) {
        JsonNode model = aiProxy.path("config").path("model");
        String provider = model.path("provider").asText("");
        String name = model.path("name").isTextual() ? model.path("name").asText() : "";
        return name.isEmpty() ? provider : provider + " · " + name;
    }

    /// `POST /chat`, `ANY api.example.com/v1`.
    static String match(ObjectNode route, String any) {
        var parts = new ArrayList<String>();
        String methods = joined(route.path("methods"), " ");
        parts.add(methods.isEmpty() ? any : methods);
        String hosts = joined(route.path("hosts"), ", ");
        String paths = joined(route.path("paths"), ", ");
        if (!hosts.isEmpty() || !paths.isEmpty()) {
            parts.add(hosts + (hosts.isEmpty() || paths.isEmpty() ? "" : " ") + paths);
        }
        return String.join("  ", parts);
    }

    static String joined(JsonNode list, String between) {
        return String.join(between, texts(list));
    }

    static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /// Everything by which an entity can be found, in lower case.
    static String searchText(Inventory inventory, EntityKind kind, ObjectNode entity) {
        String text =
                switch (kind) {
                    case SERVICES -> url(entity) + " " + upstream(inventory, entity);
                    case ROUTES -> match(entity, "") + " " + scope(inventory, entity);
                    case PLUGINS ->
                            entity.path("instance_name").asText("")
                                    + " "
                                    + scope(inventory, entity);
                    default -> "";
                };
        return (label(kind, entity)
                        + " "
                        + text
                        + " "
                        + joined(entity.path("tags"), " ")
                        + " "
                        + id(entity))
                .toLowerCase(java.util.Locale.ROOT);
    }

    /// The names of the entities that this one is bound to; empty for a global plugin.
    static String scope(Inventory inventory, ObjectNode entity) {
        var names = new ArrayList<String>();
        for (EntityKind kind :
                List.of(EntityKind.ROUTES, EntityKind.SERVICES, EntityKind.CONSUMERS)) {
            String id = entity.path(reference(kind)).path("id").asText("");
            if (!id.isEmpty()) {
                names.add(inventory.find(kind, id).map(found -> label(kind, found)).orElse(id));
            }
        }
        return String.join(" · ", names);
    }
}
