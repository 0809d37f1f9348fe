package dev.torii.engine.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.store.KeyKeeper.UnavailableException;
import dev.torii.engine.store.Sealer.WrongKeyException;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file that holds the secrets, sealed as a whole: nobody who lacks the key can read, change,
/// add or take away one. It says where its key is.
final class SealedFile {

    static final String NAME = "secrets.json";

    private static final Logger log = LoggerFactory.getLogger(SealedFile.class);
    private static final int FORMAT = 1;

    private final Path file;
    private final Optional<KeyKeeper> keychain;
    private final KeyFile keyFile;

    SealedFile(Path folder, Optional<KeyKeeper> keychain) {
        this.file = folder.resolve(NAME);
        this.keychain = keychain;
        this.keyFile = new KeyFile(folder.resolve(SqliteConfigStore.KEY));
    }

    /// What the file says.
    ///
    /// @param key what it is sealed with; null before the first secret
    record Content(SortedMap<String, StoredSecret> secrets, @Nullable Key key) {

        static final Content EMPTY = new Content(new TreeMap<>(), null);

        Content {
            secrets = Collections.unmodifiableSortedMap(secrets);
        }

        Content with(SortedMap<String, StoredSecret> changed) {
            return new Content(changed, key);
        }

        @Nullable String keptIn() {
            return key == null ? null : key.keeper();
        }
    }

    /// A key and where it is kept.
    record Key(String keeper, String token, Sealer sealer) {

        /// What a sealed text is bound to: under another header it does not open.
        String place() {
            return "torii secrets/" + FORMAT + "/" + keeper + "/" + token;
        }
    }

    /// The JSON of the file.
    private record Envelope(int format, String keptIn, String token, String sealed) {}

    /// The JSON that is sealed.
    private record Inside(List<StoredSecret> secrets) {}

    /// @throws StoreException when there is a file that cannot be opened
    Content read() {
        if (!Files.exists(file)) {
            return Content.EMPTY;
        }
        Envelope envelope = envelope();
        Key key = key(envelope);
        try {
            byte[] plain =
                    key.sealer().unseal(Base64.getDecoder().decode(envelope.sealed()), key.place());
            SortedMap<String, StoredSecret> secrets = new TreeMap<>();
            Json.convert(Json.parse(plain), Inside.class)
                    .secrets()
                    .forEach(secret -> secrets.put(secret.name(), secret));
            return new Content(secrets, key);
        } catch (WrongKeyException | MalformedJsonException | IllegalArgumentException e) {
            // Without the cause, which may quote what was unsealed.
            throw new StoreException(
                    "the secrets in %s do not open with the key from the %s: the file was changed or the key is another one; restore both from one backup, or move the file away and set the secrets again"
                            .formatted(file, key.keeper()));
        }
    }

    private Envelope envelope() {
        try {
            PrivateFiles.restrict(file);
            JsonNode json = Json.parse(Files.readAllBytes(file));
            if (json.path("format").asInt() > FORMAT) {
                throw new StoreException(
                        "the secrets in %s were written by a newer version of Torii; start that one"
                                .formatted(file));
            }
            for (String field : List.of("kept_in", "token", "sealed")) {
                if (!json.path(field).isTextual()) {
                    throw damaged();
                }
            }
            return Json.convert(json, Envelope.class);
        } catch (IOException e) {
            throw new StoreException(
                    "cannot read the secrets in %s: %s; make the file readable for this user"
                            .formatted(file, PrivateFiles.reason(e)),
                    e);
        } catch (MalformedJsonException e) {
            throw damaged();
        }
    }

    private StoreException damaged() {
        return new StoreException(
                "the file %s is damaged; restore it from a backup, or move it away and set the secrets again"
                        .formatted(file));
    }

    private Key key(Envelope envelope) {
        KeyKeeper keeper =
                keepers().stream()
                        .filter(one -> one.name().equals(envelope.keptIn()))
                        .findFirst()
                        .orElseThrow(() ->
                                new StoreException(
                                        "the key of the secrets in %s is in the %s, which cannot be reached from here; start Torii where it can, or move the file away and set the secrets again"
                                                .formatted(file, envelope.keptIn())));
        try {
            return new Key(
                    keeper.name(), envelope.token(), Sealer.of(keeper.find(envelope.token())));
        } catch (UnavailableException | IllegalArgumentException e) {
            throw new StoreException(
                    "the %s does not give the key of the secrets in %s: %s; unlock it and try again, or move the file away and set the secrets again"
                            .formatted(keeper.name(), file, e.getMessage()),
                    e);
        }
    }

    /// Writes the secrets, with a new key where they have none yet.
    ///
    /// @return what the file now says
    /// @throws StoreException when it cannot be written; it is as it was then
    Content write(Content content) {
        Key key = content.key() == null ? newKey() : content.key();
        byte[] plain = Json.bytes(new Inside(List.copyOf(content.secrets().values())));
        String sealed = Base64.getEncoder().encodeToString(key.sealer().seal(plain, key.place()));
        try {
            PrivateFiles.replace(
                    file, Json.bytes(new Envelope(FORMAT, key.keeper(), key.token(), sealed)));
        } catch (IOException e) {
            throw new StoreException(
                    "cannot write the secrets to %s: %s; make the folder writable"
                            .formatted(file, PrivateFiles.reason(e)),
                    e);
        }
        return new Content(content.secrets(), key);
    }

    private Key newKey() {
        Secret key = Sealer.newKey();
        for (KeyKeeper keeper : keepers()) {
            try {
                String token = keeper.keep(key);
                // Read back, since what a keychain took it need not give.
                return new Key(keeper.name(), token, Sealer.of(keeper.find(token)));
            } catch (UnavailableException | IllegalArgumentException e) {
                log.atDebug()
                        .addKeyValue("keeper", keeper.name())
                        .addKeyValue("error", e.getMessage())
                        .log("no place for the key of the secrets");
            }
        }
        throw new StoreException(
                "there is no place for the key of the secrets; make the data folder writable");
    }

    /// The best first.
    private List<KeyKeeper> keepers() {
        var keepers = new ArrayList<KeyKeeper>();
        keychain.ifPresent(keepers::add);
        keepers.add(keyFile);
        return keepers;
    }
}
