package dev.torii.engine.declarative;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.FileEntityMaker;
import dev.torii.engine.declarative.Declarations.Options;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is read, written and read again is the same.
final class RoundTripTest {

    private static final Path FILES = Path.of("src/test/resources/declarative");

    private final AtomicReference<Instant> clock =
            new AtomicReference<>(Instant.parse("2026-11-25T00:00:00Z"));
    private final EntityMaker maker = new FileEntityMaker(PluginRegistry.discovered(), clock::get);
    private final Declarations declarations = new Declarations(maker);

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void importsTheSameFileAgainWithoutAChange(String file) throws Exception {
        ConfigSnapshot once =
                imported(Files.readString(FILES.resolve(file)), ConfigSnapshot.empty());
        later();

        ImportPlan again =
                declarations.plan(Files.readString(FILES.resolve(file)), Options.PLAIN, once);

        assertThat(again.changes()).isEmpty();
        assertThat(again.notes()).isEmpty();
        assertThat(once.revision()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("files")
    void importsItsExportWithoutAChange(String file) throws Exception {
        ConfigSnapshot once =
                imported(Files.readString(FILES.resolve(file)), ConfigSnapshot.empty());
        later();

        String export = export(once, ConfigExport.Options.PLAIN);

        assertThat(declarations.plan(export, Options.PLAIN, once).changes()).as(export).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void buildsTheSameConfigurationElsewhereFromAnExportWithIds(String file) throws Exception {
        ConfigSnapshot here =
                imported(Files.readString(FILES.resolve(file)), ConfigSnapshot.empty());
        String export = export(here, new ConfigExport.Options(true, false, true, List.of()));

        ConfigSnapshot there = imported(export, ConfigSnapshot.empty());

        assertThat(content(there)).as(export).isEqualTo(content(here));
        assertThat(export(there, new ConfigExport.Options(true, false, true, List.of())))
                .isEqualTo(export);
    }

    @ParameterizedTest
    @MethodSource("files")
    void buildsTheSameConfigurationFromTheFlatDocument(String file) throws Exception {
        ConfigSnapshot here =
                imported(Files.readString(FILES.resolve(file)), ConfigSnapshot.empty());

        ConfigSnapshot there =
                imported(YamlWriter.text(ConfigExport.flat(here)), ConfigSnapshot.empty());

        assertThat(content(there)).isEqualTo(content(here));
    }

    private ConfigSnapshot imported(String text, ConfigSnapshot into) throws BadConfigException {
        return into.after(declarations.plan(text, Options.PLAIN, into).change());
    }

    private String export(ConfigSnapshot snapshot, ConfigExport.Options options) {
        return YamlWriter.text(ConfigExport.document(snapshot, maker, options));
    }

    private void later() {
        clock.set(clock.get().plusSeconds(100));
    }

    private static Map<EntityKind, Map<String, String>> content(ConfigSnapshot snapshot) {
        Map<EntityKind, Map<String, String>> content = new TreeMap<>();
        for (EntityKind kind : EntityKind.values()) {
            for (ObjectNode entity : snapshot.all(kind)) {
                content.computeIfAbsent(kind, k -> new TreeMap<>())
                        .put(entity.path("id").asText(), Json.text(entity));
            }
        }
        return content;
    }
}
