package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.schema.PluginSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SqliteConfigStoreTest extends StoreContract {

    private static final String SECRET = "sk-very-secret-0123456789";

    @TempDir Path folder;

    @Override
    protected ConfigStore create() throws IOException {
        return SqliteConfigStore.open(
                Files.createDirectories(folder.resolve("contract")), Samples.PLUGINS);
    }

    private SqliteConfigStore reopen() {
        return SqliteConfigStore.open(folder, Samples.PLUGINS);
    }

    private static ConfigChange put(EntityKind kind, String id, ObjectNode entity) {
        return new ConfigChange(List.of(new Step.Put(kind, id, entity)));
    }

    private static void putSecrets(ConfigStore store) {
        store.write(
                "test",
                current -> put(EntityKind.KEYAUTH_CREDENTIALS, "k", Samples.key("k", SECRET)));
        store.write("test", current -> put(EntityKind.PLUGINS, "p", Samples.plugin("p", SECRET)));
    }

    @Test
    void findsEverythingAgainAfterARestart() {
        ConfigSnapshot before;
        try (var store = reopen()) {
            putSecrets(store);
            before = store.snapshot();
        }

        try (var store = reopen()) {
            assertThat(store.snapshot().revision()).isEqualTo(before.revision());
            for (EntityKind kind : EntityKind.values()) {
                assertThat(store.snapshot().byId(kind)).isEqualTo(before.byId(kind));
            }
        }
    }

    @Test
    void afterAFullDiskItLosesAndInventsNothing() throws Exception {
        try (SqliteConfigStore store = reopen()) {
            var field = SqliteConfigStore.class.getDeclaredField("connection");
            field.setAccessible(true);
            Connection connection = (Connection) field.get(store);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA max_page_count = 1");
                assertThatThrownBy(() ->
                                store.write("test", _ -> put(EntityKind.SERVICES, "big", big())))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("the disk is full");
                assertThatThrownBy(() ->
                                store.write("test", _ -> put(EntityKind.SERVICES, "big", big())))
                        .hasMessageContaining("the disk is full");
                statement.execute("PRAGMA max_page_count = 100000");
            }
            store.write(
                    "test",
                    _ -> put(EntityKind.SERVICES, "small", Json.object().put("id", "small")));
        }
        try (SqliteConfigStore again = reopen()) {
            assertThat(again.snapshot().find(EntityKind.SERVICES, "small")).isNotNull();
            assertThat(again.snapshot().find(EntityKind.SERVICES, "big")).isNull();
        }
    }

    private static ObjectNode big() {
        return Json.object().put("id", "big").put("name", "x".repeat(200_000));
    }

    @Test
    void noSecretIsOnTheDiskInPlainText() throws IOException {
        try (var store = reopen()) {
            putSecrets(store);
            assertNowhere(SECRET);
        }
        assertNowhere(SECRET);
    }

    private void assertNowhere(String secret) throws IOException {
        try (var files = Files.list(folder).filter(Files::isRegularFile)) {
            assertThat(files.toList())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(file ->
                            assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                                    .as(file.toString())
                                    .doesNotContain(secret));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itsFilesAreForTheirOwnerAlone() throws IOException {
        try (var store = reopen()) {
            putSecrets(store);
            try (var files = Files.list(folder).filter(Files::isRegularFile)) {
                assertThat(files.toList())
                        .allSatisfy(file ->
                                assertThat(
                                                PosixFilePermissions.toString(
                                                        Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void withoutItsKeyItSaysSoAndDestroysNothing() throws IOException {
        try (var store = reopen()) {
            putSecrets(store);
        }
        Path key = folder.resolve(SqliteConfigStore.KEY);
        Path hidden = folder.resolve("hidden");
        Files.move(key, hidden);

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the key file " + key + " is missing")
                .hasMessageContaining("put it back");

        assertThat(key).doesNotExist();
        Files.move(hidden, key);
        try (var store = reopen()) {
            assertThat(store.snapshot().keyAuthCredentials().getFirst().key().reveal())
                    .isEqualTo(SECRET);
        }
    }

    @Test
    void refusesAnotherKey() throws IOException {
        try (var store = reopen()) {
            putSecrets(store);
        }
        Path key = folder.resolve(SqliteConfigStore.KEY);
        Files.delete(key);
        Sealer.create(key);

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the key in " + key + " is not the one");
    }

    @Test
    void refusesAKeyFileThatHoldsNoKey() throws IOException {
        Path key = folder.resolve(SqliteConfigStore.KEY);
        Files.writeString(key, "hello");

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "the key file %s holds no key (expected: 32 bytes in Base64); put the right file back from a backup"
                                .formatted(key));
        assertThat(key).hasContent("hello");
    }

    @Test
    void sealedSecretsDoNotOpenElsewhere() throws Exception {
        try (var store = reopen()) {
            store.write(
                    "test",
                    current -> put(EntityKind.KEYAUTH_CREDENTIALS, "k", Samples.key("k", SECRET)));
            store.write(
                    "test",
                    current -> put(EntityKind.KEYAUTH_CREDENTIALS, "l", Samples.key("l", "other")));
        }
        change(
                "UPDATE entity SET secrets = (SELECT secrets FROM entity WHERE id = 'k') WHERE id = 'l'");

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the secrets of keyauth_credentials l are damaged");
    }

    @Test
    void refusesAFileOfANewerVersion() throws Exception {
        reopen().close();
        change("PRAGMA user_version = 99");

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("schema version 99")
                .hasMessageContaining("start that newer version, or choose another data folder");
    }

    @Test
    void refusesAKindItDoesNotKnow() throws Exception {
        reopen().close();
        change("INSERT INTO entity (kind, id, body) VALUES ('gadgets', 'g', '{}')");

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the unknown kind 'gadgets'");
    }

    @Test
    void namesTheOneOfManyRowsThatIsDamaged() throws Exception {
        reopen().close();
        change(
                """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                INSERT INTO entity (kind, id, body)
                SELECT 'services', 's' || i, iif(i = 1500, '{', '{}') FROM n
                """);

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the row of services s1500 is damaged");
    }

    @Test
    void refusesAFileThatIsNoDatabase() throws IOException {
        Path file = folder.resolve(SqliteConfigStore.DATABASE);
        Files.writeString(file, "this is not a database, however long one looks at it".repeat(50));

        assertThatThrownBy(this::reopen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged or no database")
                .hasMessageContaining(file.toString());
        assertThat(Files.readString(file)).startsWith("this is not a database");
    }

    @Test
    void refusesAFileThatAnotherHolds() {
        try (var first = reopen()) {
            assertThatThrownBy(this::reopen)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("another process works on it");
            assertThat(first.snapshot().revision()).isZero();
        }
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> SqliteConfigStore.open(missing, PluginSchemas.NONE))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot open the configuration " + missing);
    }

    @Test
    void doesNotStoreAPluginWhoseSecretsItCannotTell() {
        try (var store = reopen()) {
            ObjectNode unknown = Samples.plugin("p", SECRET).put("name", "unheard-of");

            assertThatThrownBy(() ->
                            store.write("test", current -> put(EntityKind.PLUGINS, "p", unknown)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("'unheard-of'")
                    .hasMessageNotContaining(SECRET);
            assertThat(store.snapshot().revision()).isZero();
            assertThat(
                            store.write(
                                            "test",
                                            current ->
                                                    put(
                                                            EntityKind.CONSUMERS,
                                                            "c",
                                                            Samples.consumer("c", "x")))
                                    .revision())
                    .isEqualTo(1);
        }
    }

    @Test
    void keepsAPluginWhoseTypeIsGone() {
        try (var store = reopen()) {
            putSecrets(store);
        }
        try (var store = SqliteConfigStore.open(folder, PluginSchemas.NONE)) {
            assertThat(store.snapshot().plugins().getFirst().config().path("token").textValue())
                    .isEqualTo(SECRET);
        }
    }

    private void change(String sql) throws Exception {
        try (var connection =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + folder.resolve(SqliteConfigStore.DATABASE));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
