package dev.torii.engine.admin;

import dev.torii.engine.admin.Relations.Relation;
import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Every path of the Admin API, with its keys in braces: of each kind those that the grammar of
/// URLs allows and that [Place] knows, and the paths that stand alone.
final class PlaceTemplates {

    private PlaceTemplates() {}

    /// What is answered at each template.
    static Map<String, Place> all() {
        List<List<String>> candidates = new ArrayList<>(Place.ALONE);
        for (EntityKind kind : EntityKind.values()) {
            String own = "{" + singular(kind) + "}";
            candidates.add(List.of(kind.path()));
            candidates.add(List.of(kind.path(), own));
            for (Relation relation : Relations.ofChild(kind)) {
                candidates.add(List.of(kind.path(), own, relation.field()));
            }
            for (Relation relation : Relations.toParent(kind)) {
                EntityKind child = relation.child();
                candidates.add(List.of(kind.path(), own, child.nestedPath()));
                candidates.add(List.of(kind.path(), own, child.nestedPath(), Place.ALL));
                candidates.add(
                        List.of(kind.path(), own, child.nestedPath(), "{" + singular(child) + "}"));
            }
        }
        Map<String, Place> templates = new LinkedHashMap<>();
        for (List<String> candidate : candidates) {
            Place.of(candidate)
                    .filter(place -> !isKeyOnly(candidate, place))
                    .ifPresent(place -> templates.put("/" + String.join("/", candidate), place));
        }
        return templates;
    }

    /// Whether a word that would be a path of its own elsewhere is a key like any other there.
    private static boolean isKeyOnly(List<String> candidate, Place place) {
        return candidate.size() > 1
                && candidate.getLast().equals(Place.ALL)
                && !(place instanceof Place.RawChildren);
    }

    /// The kind's schema name, of one.
    static String singular(EntityKind kind) {
        String name = kind.schemaName();
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }
}
