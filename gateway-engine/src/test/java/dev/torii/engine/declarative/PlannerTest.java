package dev.torii.engine.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.admin.FileEntityMaker;
import dev.torii.engine.declarative.Declarations.Options;
import dev.torii.engine.declarative.PlannedChange.FieldChange;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlannerTest {

    private static final String HEAD = "_format_version: '3.0'\n";
    private static final String TWO =
            HEAD
                    + "services:\n"
                    + "- {name: a, host: a.test, tags: [one], routes: [{name: ra, paths: [/a], tags: [one]}]}\n"
                    + "- {name: b, host: b.test, tags: [two], routes: [{name: rb, paths: [/b], tags: [two]}]}\n";

    private final Declarations declarations =
            new Declarations(
                    new FileEntityMaker(
                            PluginRegistry.discovered(),
                            () -> Instant.parse("2026-11-25T00:00:00Z")));

    @Test
    void givesTheIdsThatKongGives() throws BadConfigException {
        ConfigSnapshot snapshot =
                imported(
                        HEAD
                                + "services:\n- {name: foo, host: a, plugins: [{name: file-log, config: {path: /tmp/a}}]}\n",
                        Options.PLAIN,
                        ConfigSnapshot.empty());

        assertThat(snapshot.byId(EntityKind.SERVICES))
                .containsOnlyKeys("2933fbcc-9d7c-54a7-a984-fe2bde836cea");
        assertThat(snapshot.byId(EntityKind.PLUGINS))
                .containsOnlyKeys(
                        NameUuid.of(
                                EntityKind.PLUGINS,
                                "plugins:*:file-log::2933fbcc-9d7c-54a7-a984-fe2bde836cea:"));
    }

    @Test
    void deletesWhatTheFileDoesNotHave() throws BadConfigException {
        ConfigSnapshot both = imported(TWO, Options.PLAIN, ConfigSnapshot.empty());

        ImportPlan plan =
                declarations.plan(
                        HEAD + "services:\n- {name: a, host: other.test, tags: [one]}\n",
                        Options.PLAIN,
                        both);

        assertThat(plan.changes())
                .extracting(c -> c.operation() + " " + c.kind().schemaName() + " " + c.name())
                .containsExactlyInAnyOrder(
                        "DELETE routes ra of service a",
                        "DELETE routes rb of service b",
                        "DELETE services b",
                        "UPDATE services a");
        assertThat(plan.changes().getLast().fields())
                .containsExactly(new FieldChange("host", "\"a.test\"", "\"other.test\""));
    }

    @Test
    void keepsWhatTheFileDoesNotHaveWhenItMerges() throws BadConfigException {
        ConfigSnapshot both = imported(TWO, Options.PLAIN, ConfigSnapshot.empty());

        ImportPlan plan =
                declarations.plan(
                        HEAD + "routes:\n- {name: more, service: b, paths: [/more]}\n",
                        new Options(Variables.NONE, ImportMode.MERGE, List.of(), false),
                        both);

        assertThat(plan.changes())
                .extracting(PlannedChange::name)
                .containsExactly("more of service b");
    }

    @Test
    void touchesOnlyWhatHasTheSelectTags() throws BadConfigException {
        ConfigSnapshot both = imported(TWO, Options.PLAIN, ConfigSnapshot.empty());

        ImportPlan plan =
                declarations.plan(
                        HEAD
                                + "_info: {select_tags: [one]}\nservices:\n- {name: c, host: c.test}\n",
                        Options.PLAIN,
                        both);

        assertThat(plan.changes())
                .extracting(c -> c.operation() + " " + c.name())
                .containsExactlyInAnyOrder("DELETE ra of service a", "DELETE a", "CREATE c");
        assertThat(both.after(plan.change()).byId(EntityKind.SERVICES).values())
                .extracting(service -> service.path("name").asText() + service.path("tags"))
                .containsExactlyInAnyOrder("b[\"two\"]", "c[\"one\"]");
    }

    @Test
    void refusesToTakeTheNameOfWhatItLeavesAlone() throws BadConfigException {
        ConfigSnapshot both = imported(TWO, Options.PLAIN, ConfigSnapshot.empty());
        String file =
                HEAD
                        + "services:\n- {id: 5c3bd2a0-50ba-4a58-8e5f-3d7b5d2a3a01, name: b, host: b}\n";

        assertThatThrownBy(() ->
                        declarations.plan(
                                file,
                                new Options(Variables.NONE, ImportMode.MERGE, List.of(), false),
                                both))
                .hasMessageStartingWith(
                        "3:3: services[1]: uniqueness violation: the stored 'services' entity");
    }

    @Test
    void updatesTheStoredEntityOfTheSameNameWhateverItsId() throws BadConfigException {
        ConfigSnapshot stored =
                imported(
                        HEAD
                                + "services:\n- {id: 5c3bd2a0-50ba-4a58-8e5f-3d7b5d2a3a01, name: b, host: b}\n",
                        Options.PLAIN,
                        ConfigSnapshot.empty());

        ImportPlan plan =
                declarations.plan(
                        HEAD + "services:\n- {name: b, host: c}\n", Options.PLAIN, stored);

        assertThat(plan.changes())
                .extracting(PlannedChange::id)
                .containsExactly("5c3bd2a0-50ba-4a58-8e5f-3d7b5d2a3a01");
    }

    @Test
    void masksSecretsInWhatItShows() throws BadConfigException {
        String file = HEAD + "consumers:\n- {username: a, keyauth_credentials: [{key: %s}]}\n";
        ConfigSnapshot stored =
                imported(
                        file.formatted("first-key-of-anna"), Options.PLAIN, ConfigSnapshot.empty());

        ImportPlan plan =
                declarations.plan(file.formatted("second-key-of-anna"), Options.PLAIN, stored);

        assertThat(plan.changes().toString()).doesNotContain("first-key", "second-key");
        assertThat(plan.changes()).hasSize(2);
    }

    @Test
    void keepsAnAuthorityThatAServiceOfTheFileStillTrusts() throws Exception {
        String file = Files.readString(Path.of("src/test/resources/declarative/certificates.yaml"));
        ConfigSnapshot stored = imported(file, Options.PLAIN, ConfigSnapshot.empty());
        int from = file.indexOf("ca_certificates:");
        String without = file.substring(0, from) + file.substring(file.indexOf("services:"));

        assertThatThrownBy(() -> declarations.plan(without, Options.PLAIN, stored))
                .hasMessageContaining(
                        "ca certificate 5b3d4c9e-3f3e-4f0a-8d0e-6a8c3d2f1b20 is still referenced"
                                + " by services");
    }

    private ConfigSnapshot imported(String text, Options options, ConfigSnapshot into)
            throws BadConfigException {
        return into.after(declarations.plan(text, options, into).change());
    }
}
