package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.config.EntityKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every path that is answered is in the list, and the list is all answered.
class PlaceTemplatesTest {

    private static final String KEY = "3c1f0a52-8f0e-4b9e-9d0a-6a1f2b7c4d5e";
    private static final int DEEPEST = 6;

    /// Paths of more segments are only looked for below keys, not below words that may be keys.
    private static final int WIDEST = 4;

    @Test
    void hasEverySortOfPlace() {
        Set<Class<?>> listed = new HashSet<>();
        PlaceTemplates.all().values().forEach(place -> listed.add(place.getClass()));

        assertThat(listed).containsExactlyInAnyOrder(Place.class.getPermittedSubclasses());
    }

    @Test
    void hasEveryPathOfKnownWords() {
        Set<String> words = new TreeSet<>();
        Set<List<String>> listed = new HashSet<>();
        for (String template : PlaceTemplates.all().keySet()) {
            List<String> segments = UrlEncoded.segments(template);
            listed.add(segments.stream().map(PlaceTemplatesTest::keyed).toList());
            segments.stream().filter(segment -> !segment.startsWith("{")).forEach(words::add);
        }
        for (EntityKind kind : EntityKind.values()) {
            words.add(kind.path());
            words.add(kind.nestedPath());
        }

        List<String> missing = new ArrayList<>();
        everyPath(List.of(), words, listed, missing);
        assertThat(missing).isEmpty();
    }

    private static void everyPath(
            List<String> path, Set<String> words, Set<List<String>> listed, List<String> missing) {
        if (Place.of(path).isPresent() && !isListed(path, listed)) {
            missing.add("/" + String.join("/", path));
        }
        boolean wide = path.size() < WIDEST;
        if (path.size() == DEEPEST
                || (!wide && !(path.get(1).equals(KEY) && path.get(3).equals(KEY)))) {
            return;
        }
        List<String> next = new ArrayList<>(words);
        next.add(KEY);
        for (String word : next) {
            // A word in a place that a key may take is a key.
            List<String> longer = new ArrayList<>(path);
            longer.add(word);
            everyPath(List.copyOf(longer), words, listed, missing);
        }
    }

    private static boolean isListed(List<String> path, Set<List<String>> listed) {
        return listed.stream()
                .anyMatch(template -> {
                    if (template.size() != path.size()) {
                        return false;
                    }
                    for (int i = 0; i < path.size(); i++) {
                        if (!template.get(i).equals(KEY) && !template.get(i).equals(path.get(i))) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    private static String keyed(String segment) {
        return segment.startsWith("{") ? KEY : segment;
    }
}
