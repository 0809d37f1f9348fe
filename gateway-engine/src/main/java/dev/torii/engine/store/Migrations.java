package dev.torii.engine.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The tables of a database file, step by step. A step that has been released is never changed;
/// `PRAGMA user_version` counts those done.
///
/// @param steps the statements of each step
record Migrations(List<List<String>> steps) {

    Migrations {
        steps = steps.stream().map(List::copyOf).toList();
    }

    /// Does the steps that the file lacks, in one transaction.
    ///
    /// @throws NewerSchemaException when the file has steps that this version does not know
    void bringUpToDate(Connection connection) throws SQLException {
        // Readers come here too, and need not wait for a writer.
        if (version(connection) == steps.size()) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                int version = version(connection);
                if (version > steps.size()) {
                    throw new NewerSchemaException(version, steps.size());
                }
                for (List<String> step : steps.subList(version, steps.size())) {
                    for (String sql : step) {
                        statement.execute(sql);
                    }
                }
                statement.execute("PRAGMA user_version = " + steps.size());
                statement.execute("COMMIT");
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    /// The file was written by a newer version.
    static final class NewerSchemaException extends SQLException {

        private static final long serialVersionUID = 1L;

        NewerSchemaException(int found, int known) {
            super(
                    "it has schema version %d and this version of Torii knows up to %d"
                            .formatted(found, known));
        }
    }
}
