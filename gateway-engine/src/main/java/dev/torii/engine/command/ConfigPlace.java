package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.Declarations;
import dev.torii.model.api.RunningEngine;
import java.nio.file.Path;
import java.util.List;

/// The configuration that a command works on: that of a running engine, or the one in a data folder
/// where none runs.
interface ConfigPlace extends AutoCloseable {

    /// The name of the command line in the history.
    String AUTHOR = "torii config";

    static ConfigPlace of(Path dataDir) {
        return RunningEngine.find(dataDir)
                .<ConfigPlace>map(engine -> new EngineConfig(engine.admin()))
                .orElseGet(() -> StoredConfig.open(dataDir));
    }

    /// What an import would do, as `POST /torii/config/import?dry_run=1` answers it.
    ObjectNode preview(String text, Declarations.Options options) throws RefusedFileException;

    /// Does it, when the configuration is still at the revision that the preview was for.
    ObjectNode apply(String text, Declarations.Options options, long revision)
            throws RefusedFileException;

    /// The configuration as a document.
    ObjectNode export(ConfigExport.Options options);

    @Override
    void close();

    /// The file is refused, and nothing was changed.
    final class RefusedFileException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient List<String> sentences;

        RefusedFileException(List<String> sentences) {
            super(String.join("; ", sentences));
            this.sentences = List.copyOf(sentences);
        }

        static RefusedFileException of(BadConfigException e) {
            return new RefusedFileException(e.sentences());
        }

        /// Each begins with line and column.
        List<String> sentences() {
            return sentences;
        }
    }
}
