package dev.torii.engine.plugin.filelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.Outcome;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLogHandlerTest {

    @TempDir private Path folder;
    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("requests.jsonl");
    }

    private FileLogHandler handler(boolean reopen) {
        return new FileLogHandler(new FileLogConfig(path.toString(), reopen));
    }

    private static Exchange ended(String uri) {
        Exchange exchange =
                Exchanges.of(FakeClientRequest.get(uri).header("Authorization", "Bearer s3cret"));
        exchange.end(new Outcome(200, Outcome.Source.UPSTREAM, 0, 2, null));
        return exchange;
    }

    private static List<String> uris(Path file) throws Exception {
        var uris = new ArrayList<String>();
        for (String line : Files.readAllLines(file)) {
            uris.add(Json.parse(line).at("/request/uri").asText());
        }
        return uris;
    }

    @Test
    void appendsOneLineOfJsonForEachRequest() throws Exception {
        Files.writeString(path, "{\"request\":{\"uri\":\"/before\"}}\n");

        try (var handler = handler(false)) {
            handler.onLog(ended("/one"));
            handler.onLog(ended("/two?a=%0A"));
        }

        assertThat(uris(path)).containsExactly("/before", "/one", "/two?a=%0A");
        assertThat(Files.readString(path)).endsWith("}\n").doesNotContain("s3cret");
    }

    @Test
    void makesTheFileReadableByAll() throws IOException {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");

        try (var handler = handler(false)) {
            handler.onLog(ended("/one"));
        }

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void followsAFileThatWasMovedAwayWhenItOpensItForEachLine() throws Exception {
        Path moved = folder.resolve("moved.jsonl");

        try (var handler = handler(true)) {
            handler.onLog(ended("/one"));
            Files.move(path, moved);
            handler.onLog(ended("/two"));
        }

        assertThat(uris(moved)).containsExactly("/one");
        assertThat(uris(path)).containsExactly("/two");
    }

    @Test
    void goesOnWritingTheSameFileWhenItKeepsItOpen() throws Exception {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
        Path moved = folder.resolve("moved.jsonl");

        try (var handler = handler(false)) {
            handler.onLog(ended("/one"));
            Files.move(path, moved);
            handler.onLog(ended("/two"));
        }

        assertThat(uris(moved)).containsExactly("/one", "/two");
        assertThat(path).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenCostsLinesAndNothingElse() throws Exception {
        Files.createDirectory(path);

        try (var handler = handler(false)) {
            handler.onLog(ended("/lost"));
            handler.onLog(ended("/lost"));
            Files.delete(path);
            handler.onLog(ended("/written"));
        }

        assertThat(uris(path)).containsExactly("/written");
    }
}
