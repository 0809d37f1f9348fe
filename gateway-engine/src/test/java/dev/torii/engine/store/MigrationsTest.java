package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final List<String> FIRST = List.of("CREATE TABLE a (x)");
    private static final List<String> SECOND =
            List.of("ALTER TABLE a ADD COLUMN y", "INSERT INTO a VALUES (1, 2)");

    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void doesEachStepOnce() throws SQLException {
        new Migrations(List.of(FIRST)).bringUpToDate(connection);
        new Migrations(List.of(FIRST, SECOND)).bringUpToDate(connection);
        new Migrations(List.of(FIRST, SECOND)).bringUpToDate(connection);

        assertThat(number("SELECT count(*) FROM a WHERE y = 2")).isEqualTo(1);
        assertThat(number("PRAGMA user_version")).isEqualTo(2);
    }

    @Test
    void aStepThatFailsLeavesTheFileAsItWas() throws SQLException {
        new Migrations(List.of(FIRST)).bringUpToDate(connection);

        assertThatThrownBy(() ->
                        new Migrations(
                                        List.of(
                                                FIRST,
                                                List.of("INSERT INTO a VALUES (7)", "NONSENSE")))
                                .bringUpToDate(connection))
                .isInstanceOf(SQLException.class);

        assertThat(number("SELECT count(*) FROM a")).isZero();
        assertThat(number("PRAGMA user_version")).isEqualTo(1);
    }

    @Test
    void refusesAFileOfANewerVersion() throws SQLException {
        new Migrations(List.of(FIRST, SECOND)).bringUpToDate(connection);

        assertThatThrownBy(() -> new Migrations(List.of(FIRST)).bringUpToDate(connection))
                .isInstanceOf(Migrations.NewerSchemaException.class)
                .hasMessage("it has schema version 2 and this version of Torii knows up to 1");
    }

    private int number(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.getInt(1);
        }
    }
}
