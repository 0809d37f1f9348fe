package dev.torii.engine.gateway;

import dev.torii.engine.admin.FileBackedConfig;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.declarative.ImportMode;
import dev.torii.engine.declarative.ImportPlan;
import dev.torii.engine.declarative.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Loads the file that an engine was started with.
final class ConfigFile {

    private static final Logger log = LoggerFactory.getLogger(ConfigFile.class);

    private ConfigFile() {}

    /// @throws StartException with all that is wrong with the file
    static void load(Path file, FileBackedConfig config, Map<String, String> environment) {
        try {
            String text = Files.readString(file);
            ImportPlan plan =
                    config.load(
                            text,
                            new Declarations.Options(
                                    Variables.in(text, environment),
                                    ImportMode.SYNC,
                                    List.of(),
                                    false));
            plan.notes()
                    .forEach(note ->
                            log.atWarn()
                                    .addKeyValue("file", file)
                                    .addKeyValue("note", note)
                                    .log("a part of the configuration is passed over"));
        } catch (BadConfigException e) {
            throw new StartException(e.report(file, "the engine does not start"), e);
        } catch (IOException e) {
            throw new StartException(
                    "cannot read "
                            + file
                            + ": "
                            + e.getMessage()
                            + "; make it a readable text in UTF-8",
                    e);
        }
    }
}
