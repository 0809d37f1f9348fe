package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.RestoreReport;
import dev.torii.model.api.RevisionDetail;
import dev.torii.model.api.RevisionPage;

/// What [HistoryServlet] answers.
final class HistoryOperations {

    private static final String TAG = "history";
    private static final String ONE = AdminPaths.HISTORY + "/{revision}";

    private HistoryOperations() {}

    static void describe(ApiDocument api) {
        api.tag(TAG, "The changes of the configuration, and the way back to each.");
        ObjectNode size = Types.pageSize(HistoryResource.MAX_SIZE, HistoryResource.DEFAULT_SIZE);
        api.add(
                Operation.of(
                                "GET",
                                AdminPaths.HISTORY,
                                "listRevisions",
                                "List the changes, newest first")
                        .tag(TAG)
                        .query("kind", "Only changes of this kind of entity.", Types.text())
                        .query("id", "Only changes of the entity with this id.", Types.text())
                        .query("size", "How many at most.", size)
                        .query(
                                "offset",
                                "Where to go on: the offset of the page before.",
                                Types.text())
                        .answers(200, "A page of them.", api.record(RevisionPage.class))
                        .refuses(400, 500));
        api.add(
                Operation.of("GET", ONE, "getRevision", "Get one change as a whole")
                        .tag(TAG)
                        .pathParameter("revision", "Its number.", number())
                        .answers(200, "The change.", api.record(RevisionDetail.class))
                        .refuses(400, 404, 500));
        api.add(
                Operation.of(
                                "POST",
                                ONE + AdminPaths.RESTORE,
                                "restoreRevision",
                                "Go back to the configuration that a change left")
                        .tag(TAG)
                        .description(
                                "All at once or not at all; itself a change, so it can be undone.")
                        .pathParameter("revision", "Its number.", number())
                        .query(
                                "dry_run",
                                "1 shows what would change and changes nothing.",
                                Types.text())
                        .answers(200, "What changed.", api.record(RestoreReport.class))
                        .refuses(400, 404, 405, 409, 500));
    }

    private static ObjectNode number() {
        return Types.integer().put("format", "int64").put("minimum", 0);
    }
}
