package dev.torii.engine.plugin.filelog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Installs `file-log`.
@AutoService(PluginFactory.class)
public final class FileLogFactory implements PluginFactory {

    private static final String NAME = "file-log";

    private final PluginType type =
            new PluginType(
                    NAME,
                    9,
                    Schema.load(NAME, FileLogFactory.class, "schema.json"),
                    PluginType.ALL_SCOPES);

    @Override
    public PluginType type() {
        return type;
    }

    @Override
    public List<Violation> check(ObjectNode config) {
        String given = Json.convert(config, FileLogConfig.class).path();
        try {
            Path path = Path.of(given).toAbsolutePath();
            Path folder = path.getParent();
            if (folder == null || Files.isDirectory(path)) {
                return fault(given + " is a folder (expected: a file)");
            }
            if (!Files.isDirectory(folder)) {
                return fault("there is no folder " + folder + "; create it, or name another");
            }
            if (!Files.isWritable(Files.exists(path) ? path : folder)) {
                return fault(
                        "the engine may not write " + path + "; allow it, or name another file");
            }
            return List.of();
        } catch (InvalidPathException e) {
            return fault("not a valid filename");
        }
    }

    private static List<Violation> fault(String message) {
        return List.of(Violation.of(message, "path"));
    }

    @Override
    public PluginHandler create(PluginContext context) {
        return new FileLogHandler(Json.convert(context.plugin().config(), FileLogConfig.class));
    }
}
