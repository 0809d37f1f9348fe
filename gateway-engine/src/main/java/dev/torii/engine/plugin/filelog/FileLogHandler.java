package dev.torii.engine.plugin.filelog;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.plugin.LogSerializer;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends a line for each exchange. A file that cannot be written costs lines, which are counted
/// and reported, and nothing else.
final class FileLogHandler implements PluginHandler {

    private static final Logger log = LoggerFactory.getLogger(FileLogHandler.class);

    private static final Set<StandardOpenOption> APPEND =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    private final Path path;
    private final boolean reopen;
    private @Nullable SeekableByteChannel file;
    private long lost;

    FileLogHandler(FileLogConfig config) {
        path = Path.of(config.path()).toAbsolutePath();
        reopen = config.reopen();
    }

    @Override
    public synchronized void onLog(Exchange exchange) {
        byte[] entry = Json.bytes(LogSerializer.serialize(exchange));
        byte[] line = Arrays.copyOf(entry, entry.length + 1);
        line[entry.length] = '\n';
        try {
            append(ByteBuffer.wrap(line));
            reportRecovery();
        } catch (IOException e) {
            closeFile();
            reportLoss(e);
        }
    }

    private void append(ByteBuffer line) throws IOException {
        SeekableByteChannel open = file;
        if (open == null) {
            open = Files.newByteChannel(path, APPEND, readableByAll());
            file = open;
        }
        while (line.hasRemaining()) {
            open.write(line);
        }
        if (reopen) {
            closeFile();
        }
    }

    private static FileAttribute<?>[] readableByAll() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-r--r--"))
                }
                : new FileAttribute<?>[0];
    }

    private void reportLoss(IOException cause) {
        if (lost == 0) {
            log.atError()
                    .addKeyValue("plugin", "file-log")
                    .addKeyValue("file", path)
                    .addKeyValue("error", cause.toString())
                    .log("the log file cannot be written; requests pass, their lines are lost");
        }
        lost++;
    }

    private void reportRecovery() {
        if (lost > 0) {
            log.atWarn()
                    .addKeyValue("plugin", "file-log")
                    .addKeyValue("file", path)
                    .addKeyValue("lost", lost)
                    .log("the log file can be written again");
            lost = 0;
        }
    }

    @Override
    public synchronized void close() {
        closeFile();
    }

    private void closeFile() {
        SeekableByteChannel open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                log.atWarn()
                        .addKeyValue("plugin", "file-log")
                        .addKeyValue("file", path)
                        .addKeyValue("error", e.toString())
                        .log("the log file did not close cleanly");
            }
        }
    }
}
