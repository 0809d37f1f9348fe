package dev.torii.engine.admin;

import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Every path of the Admin API, with its keys in braces: of each kind those that the grammar of
/// URLs allows and that [Place] knows, and the paths that stand alone.
final class PlaceTemplates {

    private PlaceTemplates() {}

    /// What is answered at each template.
    static Map<String, Place> all() {
        Map<String, Place> templates = new LinkedHashMap<>();
        Place.ALONE.forEach(path -> add(path, templates));
        templates.putAll(ofKinds(EntityKind::singular));
        return templates;
    }

    /// What is answered at the templates of all kinds.
    ///
    /// @param keyName what the key of an entity is called in braces
    static Map<String, Place> ofKinds(Function<EntityKind, String> keyName) {
        Map<String, Place> templates = new LinkedHashMap<>();
        for (EntityKind kind : EntityKind.values()) {
            String own = "{" + keyName.apply(kind) + "}";
            add(List.of(kind.path()), templates);
            add(List.of(kind.path(), own), templates);
            add(List.of(kind.path(), own, Place.HEALTH), templates);
            for (Relation relation : Relation.ofChild(kind)) {
                add(List.of(kind.path(), own, relation.field()), templates);
            }
            for (Relation relation : Relation.toParent(kind)) {
                EntityKind child = relation.child();
                String key = "{" + keyName.apply(child) + "}";
                add(List.of(kind.path(), own, child.nestedPath()), templates);
                add(List.of(kind.path(), own, child.nestedPath(), Place.ALL), templates);
                add(List.of(kind.path(), own, child.nestedPath(), key), templates);
                for (String verdict : Place.VERDICTS) {
                    add(List.of(kind.path(), own, child.nestedPath(), key, verdict), templates);
                    add(
                            List.of(
                                    kind.path(),
                                    own,
                                    child.nestedPath(),
                                    key,
                                    "{address}",
                                    verdict),
                            templates);
                }
            }
        }
        return templates;
    }

    /// Adds a path that the grammar of URLs allows, where something answers it.
    private static void add(List<String> path, Map<String, Place> templates) {
        Place.of(path)
                .filter(place -> !isKeyOnly(path, place))
                .ifPresent(place -> templates.put("/" + String.join("/", path), place));
    }

    /// Whether a word that would be a path of its own elsewhere is a key like any other there.
    private static boolean isKeyOnly(List<String> path, Place place) {
        return path.size() > 1
                && path.getLast().equals(Place.ALL)
                && !(place instanceof Place.RawChildren);
    }
}
