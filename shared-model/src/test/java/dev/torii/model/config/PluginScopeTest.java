package dev.torii.model.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PluginScopeTest {

    private static final @Nullable String ANY = null;

    @Test
    void ranksTheEightCombinationsFromMostToLeastSpecific() {
        var expected =
                List.of(
                        new PluginScope("r", "s", "c"),
                        new PluginScope("r", ANY, "c"),
                        new PluginScope(ANY, "s", "c"),
                        new PluginScope("r", "s", ANY),
                        new PluginScope(ANY, ANY, "c"),
                        new PluginScope("r", ANY, ANY),
                        new PluginScope(ANY, "s", ANY),
                        new PluginScope(ANY, ANY, ANY));

        var sorted =
                expected.reversed().stream()
                        .sorted(Comparator.comparingInt(PluginScope::rank))
                        .toList();

        assertThat(sorted).isEqualTo(expected);
        assertThat(expected.stream().map(PluginScope::rank)).doesNotHaveDuplicates();
    }

    @Test
    void coversOnlyWhatMatchesEveryIdGiven() {
        var scope = new PluginScope("r", ANY, "c");

        assertThat(scope.covers("r", "any service", "c")).isTrue();
        assertThat(scope.covers("r", ANY, "c")).isTrue();
        assertThat(scope.covers("other", "any service", "c")).isFalse();
        assertThat(scope.covers("r", "any service", "other")).isFalse();
        assertThat(scope.covers("r", "any service", ANY)).isFalse();
    }

    @Test
    void aGlobalScopeCoversEverything() {
        assertThat(
                        Stream.of("a", "b")
                                .allMatch(r -> new PluginScope(ANY, ANY, ANY).covers(r, ANY, ANY)))
                .isTrue();
    }
}
