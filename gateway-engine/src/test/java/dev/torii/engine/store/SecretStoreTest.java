package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretStoreTest {

    private static final Secret VALUE = new Secret("sk-very-secret-0123456789");

    @TempDir private Path folder;

    private InstantSource clock = InstantSource.fixed(Instant.ofEpochMilli(1_000));

    private SecretStore open() {
        return SecretStore.open(folder, Optional.empty(), clock);
    }

    private SecretStore open(KeyKeeper keychain) {
        return SecretStore.open(folder, Optional.of(keychain), clock);
    }

    private Path file() {
        return folder.resolve(SealedFile.NAME);
    }

    /// A keychain in memory.
    private static final class FakeKeychain implements KeyKeeper {

        private final Map<String, Secret> keys = new HashMap<>();
        private boolean locked;

        @Override
        public String name() {
            return "fake keychain";
        }

        @Override
        public String keep(Secret key) throws UnavailableException {
            check();
            keys.put("token-" + keys.size(), key);
            return "token-" + (keys.size() - 1);
        }

        @Override
        public Secret find(String token) throws UnavailableException {
            check();
            return Optional.ofNullable(keys.get(token))
                    .orElseThrow(() -> new UnavailableException("no such key"));
        }

        private void check() throws UnavailableException {
            if (locked) {
                throw new UnavailableException("it is locked");
            }
        }
    }

    @Test
    void findsEverySecretAgainAfterARestart() {
        SecretStore store = open();
        assertThat(store.put("b", VALUE)).isTrue();
        assertThat(store.put("a", new Secret("{\"token\":\"ü\"}"))).isTrue();

        assertThat(open().all())
                .containsExactly(
                        new StoredSecret("a", new Secret("{\"token\":\"ü\"}"), 1_000, 1_000),
                        new StoredSecret("b", VALUE, 1_000, 1_000));
    }

    @Test
    void aNewValueKeepsTheTimeOfItsMaking() {
        open().put("a", VALUE);
        clock = InstantSource.fixed(Instant.ofEpochMilli(2_000));
        SecretStore store = open();

        assertThat(store.put("a", new Secret("new"))).isFalse();

        assertThat(store.find("a"))
                .contains(new StoredSecret("a", new Secret("new"), 1_000, 2_000));
    }

    @Test
    void whatWasRemovedIsGone() {
        open().put("a", VALUE);
        SecretStore store = open();

        assertThat(store.remove("a")).isTrue();
        assertThat(store.remove("a")).isFalse();

        assertThat(open().all()).isEmpty();
    }

    @Test
    void tellsOfEachChange() {
        SecretStore store = open();
        var told = new AtomicInteger();
        store.onChange(told::incrementAndGet);

        store.put("a", VALUE);
        store.put("a", new Secret("new"));
        store.remove("a");
        store.remove("a");

        assertThat(told).hasValue(3);
    }

    @Test
    void neitherValuesNorNamesLieInTheOpen() throws IOException {
        open().put("payment-provider", VALUE);

        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file))
                        .doesNotContain(VALUE.reveal())
                        .doesNotContain("payment-provider");
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void nobodyElseMayReadTheFiles() throws IOException {
        open().put("a", VALUE);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));

        open().put("b", VALUE);

        assertThat(Files.getPosixFilePermissions(file()))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.getPosixFilePermissions(folder.resolve(SqliteConfigStore.KEY)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void sharesTheKeyFileWithTheConfiguration() {
        open().put("a", VALUE);

        SqliteConfigStore.open(folder, Samples.PLUGINS).close();

        assertThat(open().find("a")).isPresent();
        assertThat(open().keptIn()).isEqualTo("key file");
    }

    @Test
    void refusesAnotherKeyAndLeavesTheFileAlone() throws IOException {
        open().put("a", VALUE);
        byte[] before = Files.readAllBytes(file());
        Files.delete(folder.resolve(SqliteConfigStore.KEY));
        Sealer.create(folder.resolve(SqliteConfigStore.KEY));
        SecretStore store = open();

        assertThatThrownBy(() -> store.put("b", VALUE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("do not open with the key from the key file");

        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sealed", "token"})
    void refusesAFileThatWasChanged(String field) throws Exception {
        open().put("a", VALUE);
        ObjectNode json = (ObjectNode) Json.parse(Files.readAllBytes(file()));
        String text = json.path(field).textValue();
        json.put(field, (text.charAt(0) == 'A' ? 'B' : 'A') + text.substring(1));
        Files.write(file(), Json.bytes(json));
        SecretStore store = open();

        assertThatThrownBy(store::all).hasMessageContaining("do not open with the key");
        assertThatThrownBy(() -> store.find("a"))
                .hasMessageContaining("do not open with the key")
                .hasMessageNotContaining(VALUE.reveal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"format\":1}", "no secrets here"})
    void refusesAFileThatIsNone(String content) throws IOException {
        Files.writeString(file(), content);

        assertThatThrownBy(() -> open().all())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the file " + file() + " is damaged");
    }

    @Test
    void leavesAFileOfANewerVersionAlone() throws IOException {
        Files.writeString(file(), "{\"format\":2}");

        assertThatThrownBy(() -> open().put("a", VALUE))
                .hasMessageContaining("written by a newer version of Torii");
        assertThat(file()).hasContent("{\"format\":2}");
    }

    @Test
    void keepsTheKeyInTheKeychainWhereThereIsOne() {
        var keychain = new FakeKeychain();
        SecretStore store = open(keychain);
        store.put("a", VALUE);

        assertThat(store.keptIn()).isEqualTo("fake keychain");
        assertThat(keychain.keys).hasSize(1);
        assertThat(folder.resolve(SqliteConfigStore.KEY)).doesNotExist();
        assertThat(open(keychain).find("a")).isPresent();
    }

    @Test
    void takesTheKeyFileWhereTheKeychainRefuses() {
        var keychain = new FakeKeychain();
        keychain.locked = true;

        SecretStore store = open(keychain);
        store.put("a", VALUE);

        assertThat(store.keptIn()).isEqualTo("key file");
        assertThat(open(keychain).find("a")).isPresent();
    }

    @Test
    void waitsForAKeychainThatIsLockedAtTheStart() {
        var keychain = new FakeKeychain();
        open(keychain).put("a", VALUE);
        keychain.locked = true;
        SecretStore store = open(keychain);
        var told = new AtomicInteger();
        store.onChange(told::incrementAndGet);
        assertThatThrownBy(() -> store.put("b", VALUE))
                .hasMessageContaining("the fake keychain does not give the key")
                .hasMessageContaining("it is locked");

        keychain.locked = false;

        assertThat(store.all()).extracting(StoredSecret::name).containsExactly("a");
        assertThat(told).hasValue(1);
    }

    @Test
    void saysWhereTheKeyIsWhenThatPlaceIsGone() {
        open(new FakeKeychain()).put("a", VALUE);

        assertThatThrownBy(() -> open().all())
                .hasMessageContaining("is in the fake keychain, which cannot be reached from here");
    }
}
