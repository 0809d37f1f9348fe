package dev.torii.engine.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReferencesTest {

    private static final Schema SAMPLE =
            Schema.parse(
                    "sample",
                    json(
                            """
                            {'fields': [{'config': {'type': 'record', 'fields': [
                              {'text': {'type': 'string', 'referenceable': true}},
                              {'key': {'type': 'string', 'referenceable': true, 'encrypted': true}}
                            ]}}]}
                            """));

    /// Counts how often a secret is looked up.
    private final AtomicInteger asked = new AtomicInteger();

    private final VaultType counting =
            new VaultType() {
                private final EnvVault env = new EnvVault(Map.of("A", "value-a", "B", "value-b"));

                @Override
                public String name() {
                    return "env";
                }

                @Override
                public Schema schema() {
                    return env.schema();
                }

                @Override
                public String find(ObjectNode config, String resource, @Nullable Integer version)
                        throws UnresolvedException {
                    asked.incrementAndGet();
                    return env.find(config, resource, version);
                }
            };

    private final References references =
            new References(
                    new VaultRegistry(List.of(counting)),
                    name -> name.equals("sample") ? Optional.of(SAMPLE) : Optional.empty());

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Step put(String id, String config) {
        return new Step.Put(
                EntityKind.PLUGINS,
                id,
                json("{'id':'%s','name':'sample','config':%s}".formatted(id, config)));
    }

    private static ConfigSnapshot after(ConfigSnapshot before, Step... steps) {
        return before.after(new ConfigChange(List.of(steps)));
    }

    private static String text(ResolvedConfig resolved, String id, String field) {
        ObjectNode plugin = resolved.running().find(EntityKind.PLUGINS, id);
        return plugin == null ? "" : plugin.path("config").path(field).asText();
    }

    @Test
    void withoutReferencesTheStoredConfigurationRuns() {
        ConfigSnapshot first = after(ConfigSnapshot.empty(), put("1", "{'text':'plain'}"));

        assertThat(references.resolve(first).running()).isSameAs(first);

        ConfigSnapshot second = after(first, put("2", "{'text':'other'}"));
        assertThat(references.resolve(second).running()).isSameAs(second);
    }

    @Test
    void theStoredConfigurationKeepsItsReferences() {
        ConfigSnapshot stored =
                after(ConfigSnapshot.empty(), put("1", "{'text':'{vault://env/a}'}"));

        ResolvedConfig resolved = references.resolve(stored);

        assertThat(text(resolved, "1", "text")).isEqualTo("value-a");
        assertThat(resolved.running().revision()).isEqualTo(stored.revision());
        assertThat(stored.all(EntityKind.PLUGINS))
                .extracting(plugin -> plugin.at("/config/text").asText())
                .containsExactly("{vault://env/a}");
    }

    @Test
    void looksOnlyAtWhatAChangeMadeOther() {
        ConfigSnapshot first =
                after(
                        ConfigSnapshot.empty(),
                        put("1", "{'text':'{vault://env/a}'}"),
                        put("2", "{'text':'{vault://env/a}','key':'{vault://env/none}'}"));
        references.resolve(first);
        assertThat(asked).hasValue(3);

        ConfigSnapshot second =
                after(first, put("3", "{'text':'{vault://env/b}'}"), put("4", "{'text':'plain'}"));
        ResolvedConfig resolved = references.resolve(second);

        assertThat(asked).hasValue(4);
        assertThat(text(resolved, "1", "text")).isEqualTo("value-a");
        assertThat(text(resolved, "3", "text")).isEqualTo("value-b");
        assertThat(text(resolved, "4", "text")).isEqualTo("plain");
        assertThat(resolved.running().revision()).isEqualTo(2);
        assertThat(resolved.refers(EntityKind.PLUGINS, "3")).isTrue();
        assertThat(resolved.refers(EntityKind.PLUGINS, "4")).isFalse();
        assertThat(resolved.missing(EntityKind.PLUGINS, "2"))
                .extracting(UnresolvedReference::reference)
                .containsExactly("{vault://env/none}");

        ConfigSnapshot third =
                after(second, new Step.Delete(EntityKind.PLUGINS, "1"), put("2", "{'text':'now'}"));
        ResolvedConfig later = references.resolve(third);

        assertThat(asked).hasValue(4);
        assertThat(later.running().byId(EntityKind.PLUGINS).keySet())
                .containsExactly("2", "3", "4");
        assertThat(text(later, "2", "text")).isEqualTo("now");
        assertThat(later.unresolved()).isEmpty();
    }

    @Test
    void looksAtEverythingAgainWhenASecretOrAVaultMayHaveChanged() {
        ConfigSnapshot first =
                after(ConfigSnapshot.empty(), put("1", "{'text':'{vault://mine/a}'}"));
        assertThat(references.resolve(first).unresolved())
                .extracting(UnresolvedReference::reason)
                .containsExactly(
                        "no vault is called 'mine' (expected: env, torii, or the prefix of a"
                                + " configured vault)");

        ConfigSnapshot second =
                after(
                        first,
                        new Step.Put(
                                EntityKind.VAULTS,
                                "v",
                                json("{'id':'v','prefix':'mine','name':'env','config':{}}")));
        assertThat(text(references.resolve(second), "1", "text")).isEqualTo("value-a");
        assertThat(asked).hasValue(1);

        references.resolve(second);
        assertThat(asked).hasValue(2);
    }

    @Test
    void isNotMisledByAConfigurationOfAnotherOrigin() {
        ConfigSnapshot first =
                after(ConfigSnapshot.empty(), put("1", "{'text':'{vault://env/a}'}"));
        references.resolve(first);
        // The next revision too, but made of something else.
        ConfigSnapshot other =
                after(
                        after(ConfigSnapshot.empty(), put("2", "{'text':'{vault://env/b}'}")),
                        put("3", "{'text':'plain'}"));

        ResolvedConfig resolved = references.resolve(other);

        assertThat(resolved.running().byId(EntityKind.PLUGINS).keySet()).containsExactly("2", "3");
        assertThat(text(resolved, "2", "text")).isEqualTo("value-b");
    }
}
