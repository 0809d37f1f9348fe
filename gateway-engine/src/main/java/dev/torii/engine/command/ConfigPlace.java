package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.Declarations;
import dev.torii.model.api.RunningEngine;
import java.nio.file.Path;

/// The configuration that a command works on: that of a running engine, or the one in a data folder
/// where none runs.
interface ConfigPlace extends AutoCloseable {

    /// The name of the command line in the history.
    String AUTHOR = "torii config";

    static ConfigPlace of(Path dataDir) {
        return RunningEngine.find(dataDir)
                .<ConfigPlace>map(
                        engine -> new RunningConfig(new EngineClient(engine.admin(), AUTHOR)))
                .orElseGet(() -> StoredConfig.open(dataDir));
    }

    /// What an import would do, as `POST /torii/config/import?dry_run=1` answers it.
    ObjectNode preview(String text, Declarations.Options options)
            throws BadConfigException, InterruptedException;

    /// Does it, when the configuration is still at the revision that the preview was for.
    ObjectNode apply(String text, Declarations.Options options, long revision)
            throws BadConfigException, InterruptedException;

    /// The configuration, as `GET /torii/config/export?format=json` answers it.
    ObjectNode export(ConfigExport.Options options) throws InterruptedException;

    @Override
    void close();
}
