package dev.torii.engine.store;

import dev.torii.model.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where there is no keychain: the key file of the configuration, which has its key already.
final class KeyFile implements KeyKeeper {

    static final String KEEPER = "key file";

    private final Path file;

    KeyFile(Path file) {
        this.file = file;
    }

    @Override
    public String name() {
        return KEEPER;
    }

    /// The new key is not needed: that of the configuration serves, and is made where there is
    /// none.
    @Override
    public String keep(Secret key) throws UnavailableException {
        try {
            if (!Files.exists(file)) {
                Sealer.create(file);
            }
            return file.getFileName().toString();
        } catch (StoreException e) {
            throw new UnavailableException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Secret find(String token) throws UnavailableException {
        try {
            return Sealer.read(file);
        } catch (IOException e) {
            throw new UnavailableException(PrivateFiles.reason(e));
        }
    }
}
