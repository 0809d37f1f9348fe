package dev.torii.engine.store;

import dev.torii.engine.store.SealedFile.Content;
import dev.torii.model.config.Secret;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secrets of Torii's own vault. They lie sealed in one file of the data folder; their key is
/// in the system's keychain where there is one, else in the key file.
///
/// A file that cannot be opened, as when the keychain is locked, does not keep the gateway from
/// starting: the secrets are out of reach until it can be, and the file is never written over.
public final class SecretStore {

    private static final Logger log = LoggerFactory.getLogger(SecretStore.class);

    private final SealedFile file;
    private final InstantSource clock;
    private final ReentrantLock writer = new ReentrantLock();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// Null while the file cannot be opened.
    private volatile @Nullable Content content;

    private volatile String problem = "";

    private SecretStore(SealedFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    /// Opens the secrets of a data folder.
    ///
    /// @param keychain the system's; empty where there is none
    public static SecretStore open(Path folder, Optional<KeyKeeper> keychain, InstantSource clock) {
        var store = new SecretStore(new SealedFile(folder, keychain), clock);
        store.read();
        if (!store.isOpen()) {
            log.atWarn()
                    .addKeyValue("error", store.problem)
                    .log("the secrets of Torii's vault are out of reach");
        }
        return store;
    }

    private boolean isOpen() {
        return content != null;
    }

    private void read() {
        try {
            content = file.read();
        } catch (StoreException e) {
            problem = String.valueOf(e.getMessage());
        }
    }

    /// Looks one up in memory.
    ///
    /// @throws StoreException when the file could not be opened
    public Optional<StoredSecret> find(String name) {
        return Optional.ofNullable(known().secrets().get(name));
    }

    /// All, by name. Tries again to open a file that could not be opened.
    ///
    /// @throws StoreException when it still cannot be
    public List<StoredSecret> all() {
        openAgain();
        return List.copyOf(known().secrets().values());
    }

    /// Where the key is; null before the first secret.
    public @Nullable String keptIn() {
        return known().keptIn();
    }

    /// Stores a secret, new or anew; it is on the disk and in force when this returns.
    ///
    /// @return whether it is new
    /// @throws StoreException when it cannot be stored; all is as it was then
    public boolean put(String name, Secret value) {
        long now = clock.millis();
        Content before =
                change(secrets -> {
                    StoredSecret old = secrets.get(name);
                    long createdAt = old == null ? now : old.createdAt();
                    secrets.put(name, new StoredSecret(name, value, createdAt, now));
                });
        return !before.secrets().containsKey(name);
    }

    /// Takes a secret away; it is gone from the disk when this returns.
    ///
    /// @return whether it was there
    /// @throws StoreException when that cannot be stored; all is as it was then
    public boolean remove(String name) {
        if (find(name).isEmpty()) {
            return false;
        }
        Content before = change(secrets -> secrets.remove(name));
        return before.secrets().containsKey(name);
    }

    /// Calls the listener after each change, one at a time, before `put` or `remove` returns.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private Content change(Consumer<Map<String, StoredSecret>> change) {
        openAgain();
        writer.lock();
        try {
            Content before = known();
            SortedMap<String, StoredSecret> secrets = new TreeMap<>(before.secrets());
            change.accept(secrets);
            content = file.write(before.with(secrets));
            listeners.forEach(Runnable::run);
            return before;
        } finally {
            writer.unlock();
        }
    }

    private void openAgain() {
        if (isOpen()) {
            return;
        }
        writer.lock();
        try {
            if (!isOpen()) {
                read();
                if (isOpen()) {
                    listeners.forEach(Runnable::run);
                }
            }
        } finally {
            writer.unlock();
        }
    }

    private Content known() {
        Content known = content;
        if (known == null) {
            throw new StoreException(problem);
        }
        return known;
    }
}
