package dev.torii.engine.admin;

import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a path of the Admin API names.
sealed interface Place {

    /// The paths that are no kind's, with what varies in braces.
    List<List<String>> ALONE =
            List.of(
                    List.of(),
                    List.of("status"),
                    List.of("config"),
                    List.of("plugins", "enabled"),
                    List.of("plugins", "schema", "{plugin_name}"),
                    List.of("schemas", "{entity}"),
                    List.of("schemas", "plugins", "{plugin_name}"),
                    List.of("schemas", "vaults", "{type}"),
                    List.of("schemas", "{entity}", "validate"));

    /// What stands in the place of a key where everything is meant.
    String ALL = "all";

    /// How the targets of an upstream are.
    String HEALTH = "health";

    /// What a target, or one of its addresses, can be declared to be.
    List<String> VERDICTS = List.of("healthy", "unhealthy");

    /// The methods that are answered there; `HEAD` and `OPTIONS` always are.
    Set<String> methods();

    /// `/services`.
    record Collection(EntityKind kind) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET", "POST");
        }
    }

    /// `/services/{key}`.
    record Item(EntityKind kind, String key) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET", "PUT", "PATCH", "DELETE");
        }
    }

    /// `/services/{key}/routes`.
    record Children(String parentKey, Relation relation) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET", "POST");
        }
    }

    /// `/services/{key}/routes/{key}`.
    record Child(String parentKey, Relation relation, String key) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET", "PUT", "PATCH", "DELETE");
        }
    }

    /// `/upstreams/{key}/targets/all`.
    record RawChildren(String parentKey, Relation relation) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }
    }

    /// `/upstreams/{key}/health`.
    record Health(String upstreamKey) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }
    }

    /// `/upstreams/{key}/targets/{key}/healthy`, and `…/{key}/{address}/unhealthy`.
    ///
    /// @param address null for all that the target has
    record Verdict(
            String upstreamKey,
            Relation relation,
            String targetKey,
            @Nullable String address,
            boolean healthy)
            implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("PUT");
        }
    }

    /// `/routes/{key}/service`.
    record Parent(String childKey, Relation relation) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET", "PUT", "PATCH", "DELETE");
        }
    }

    /// `/`, `/status`, `/plugins/enabled`.
    record Info(Page page) implements Place {
        enum Page {
            ROOT,
            STATUS,
            ENABLED_PLUGINS
        }

        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }
    }

    /// `/config`.
    record Config() implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET", "POST");
        }
    }

    /// `/schemas/{entity}`.
    record EntitySchema(String name) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }
    }

    /// `/schemas/plugins/{name}`, and the older `/plugins/schema/{name}` of the config alone.
    record PluginSchema(String name, boolean configOnly) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }
    }

    /// `/schemas/vaults/{type}`.
    record VaultSchema(String type) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }
    }

    /// `/schemas/{entity}/validate`.
    record Validation(String name) implements Place {
        @Override
        public Set<String> methods() {
            return Set.of("POST");
        }
    }

    static Optional<Place> of(List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(new Info(Info.Page.ROOT));
        }
        return switch (path.getFirst()) {
            case "status" ->
                    path.size() == 1 ? Optional.of(new Info(Info.Page.STATUS)) : Optional.empty();
            case "config" -> path.size() == 1 ? Optional.of(new Config()) : Optional.empty();
            case "schemas" -> ofSchema(path);
            default ->
                    ofPlugins(path)
                            .or(() ->
                                    EntityKind.ofPath(path.getFirst())
                                            .filter(EntityKind::standsAlone)
                                            .flatMap(kind -> ofEntity(kind, path)));
        };
    }

    private static Optional<Place> ofPlugins(List<String> path) {
        if (path.equals(List.of("plugins", "enabled"))) {
            return Optional.of(new Info(Info.Page.ENABLED_PLUGINS));
        }
        return path.size() == 3 && path.subList(0, 2).equals(List.of("plugins", "schema"))
                ? Optional.of(new PluginSchema(path.get(2), true))
                : Optional.empty();
    }

    private static Optional<Place> ofSchema(List<String> path) {
        return switch (path.size()) {
            case 2 -> Optional.of(new EntitySchema(path.get(1)));
            case 3 ->
                    path.get(2).equals("validate")
                            ? Optional.of(new Validation(path.get(1)))
                            : switch (path.get(1)) {
                                case "plugins" -> Optional.of(new PluginSchema(path.get(2), false));
                                case "vaults" -> Optional.of(new VaultSchema(path.get(2)));
                                default -> Optional.empty();
                            };
            default -> Optional.empty();
        };
    }

    private static Optional<Place> ofEntity(EntityKind kind, List<String> path) {
        return switch (path.size()) {
            case 1 -> Optional.of(new Collection(kind));
            case 2 -> Optional.of(new Item(kind, path.get(1)));
            case 3 ->
                    Relations.parent(kind, path.get(2))
                            .<Place>map(relation -> new Parent(path.get(1), relation))
                            .or(() ->
                                    Relations.children(kind, path.get(2))
                                            .<Place>map(r -> new Children(path.get(1), r)))
                            .or(() -> ofHealth(kind, path));
            case 4 ->
                    Relations.children(kind, path.get(2))
                            .map(relation -> below(path.get(1), relation, path.get(3)));
            case 5, 6 ->
                    Relations.children(kind, path.get(2))
                            .flatMap(relation -> ofVerdict(relation, path));
            default -> Optional.empty();
        };
    }

    private static Optional<Place> ofHealth(EntityKind kind, List<String> path) {
        return kind == EntityKind.UPSTREAMS && path.get(2).equals(HEALTH)
                ? Optional.of(new Health(path.get(1)))
                : Optional.empty();
    }

    private static Optional<Place> ofVerdict(Relation relation, List<String> path) {
        if (relation.child() != EntityKind.TARGETS || !VERDICTS.contains(path.getLast())) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict(
                        path.get(1),
                        relation,
                        path.get(3),
                        path.size() == 5 ? null : path.get(4),
                        path.getLast().equals(VERDICTS.getFirst())));
    }

    private static Place below(String parentKey, Relation relation, String segment) {
        return relation.child() == EntityKind.TARGETS && segment.equals(ALL)
                ? new RawChildren(parentKey, relation)
                : new Child(parentKey, relation, segment);
    }
}
