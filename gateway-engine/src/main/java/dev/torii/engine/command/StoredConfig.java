package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.admin.FileEntityMaker;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.ConfigFiles;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.engine.store.StoreException;
import java.nio.file.Path;
import java.time.InstantSource;

/// The configuration in a data folder, which no engine may start on meanwhile.
final class StoredConfig implements ConfigPlace {

    private final DataDir dataDir;
    private final ConfigStore store;
    private final ConfigFiles files;

    private StoredConfig(DataDir dataDir, ConfigStore store, ConfigFiles files) {
        this.dataDir = dataDir;
        this.store = store;
        this.files = files;
    }

    /// @throws CommandException when the folder cannot be used
    static StoredConfig open(Path path) {
        DataDir dataDir = DataDir.open(path);
        try {
            PluginRegistry plugins = PluginRegistry.discovered();
            ConfigStore store = SqliteConfigStore.open(path, plugins);
            var maker = new FileEntityMaker(plugins, InstantSource.system());
            return new StoredConfig(dataDir, store, new ConfigFiles(store, maker));
        } catch (StoreException | IllegalStateException e) {
            dataDir.close();
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public ObjectNode preview(String text, Declarations.Options options) throws BadConfigException {
        return files.preview(text, options);
    }

    @Override
    public ObjectNode apply(String text, Declarations.Options options, long revision)
            throws BadConfigException {
        try {
            return files.apply(AUTHOR, text, options, Long.toString(revision));
        } catch (StoreException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public ObjectNode export(ConfigExport.Options options) {
        return files.export(options);
    }

    @Override
    public void close() {
        store.close();
        dataDir.close();
    }
}
