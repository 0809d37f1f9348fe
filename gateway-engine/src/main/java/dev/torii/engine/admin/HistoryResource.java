package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.admin.QueryParameters.BadParameterException;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigHistory;
import dev.torii.engine.store.ConfigHistory.Entry;
import dev.torii.engine.store.ConfigHistory.Query;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.ConfigStore;
import dev.torii.engine.store.EntityChange;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.RestoreReport;
import dev.torii.model.api.RevisionDetail;
import dev.torii.model.api.RevisionPage;
import dev.torii.model.api.RevisionSummary;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Lists the changes of the configuration, shows one, and goes back to what one left.
final class HistoryResource {

    static final int DEFAULT_SIZE = 100;
    static final int MAX_SIZE = 1_000;

    private final ConfigStore store;
    private final Restoration restoration;
    private final EntityDiffs diffs;

    HistoryResource(ConfigStore store, Restoration restoration, EntityDiffs diffs) {
        this.store = store;
        this.restoration = restoration;
        this.diffs = diffs;
    }

    Answer list(AdminCall call) {
        return understood(() -> {
            var parameters = QueryParameters.of(call.query(), "kind", "id", "size", "offset");
            int size = parameters.number("size", DEFAULT_SIZE, 1, MAX_SIZE);
            String offset = parameters.text("offset");
            EntityKind kind = kind(parameters.text("kind"));
            String id = parameters.text("id");
            var query =
                    new Query(
                            kind,
                            id == null ? null : Foreigns.sameCase(id),
                            offset == null ? Long.MAX_VALUE : number("offset", offset),
                            // One more tells whether there is another page.
                            size + 1);
            List<Entry> found = store.history().list(query);
            List<Entry> shown = found.subList(0, Math.min(size, found.size()));
            String next = found.size() > size ? Long.toString(shown.getLast().revision()) : null;
            return ok(
                    new RevisionPage(
                            shown.stream().map(HistoryResource::summary).toList(),
                            next == null ? null : next(call, next),
                            next));
        });
    }

    Answer revision(String segment, AdminCall call) {
        return understood(() -> {
            var _ = QueryParameters.of(call.query());
            long number = number("revision", segment);
            ConfigHistory.Revision revision =
                    store.history().find(number).orElseThrow(() -> gone(number));
            return ok(
                    new RevisionDetail(
                            number,
                            revision.time().toEpochMilli(),
                            revision.author(),
                            revision.action(),
                            revision.changes().stream().map(diffs::of).toList()));
        });
    }

    Answer restore(String segment, AdminCall call) {
        return understood(() -> {
            boolean dryRun = QueryParameters.of(call.query(), "dry_run").flag("dry_run");
            long number = number("revision", segment);
            var changes = new AtomicReference<List<EntityChange>>(List.of());
            ConfigSnapshot now =
                    store.write(
                            call.client(),
                            current -> {
                                ConfigChange back =
                                        store.history()
                                                .backTo(number)
                                                .orElseThrow(() -> gone(number));
                                ConfigChange checked = restoration.check(number, back, current);
                                ConfigSnapshot after = current.after(checked);
                                if (after.revision() != current.revision()) {
                                    changes.set(after.changes());
                                }
                                return dryRun ? ConfigChange.NONE : checked;
                            });
            return ok(
                    new RestoreReport(
                            number,
                            now.revision(),
                            dryRun,
                            changes.get().stream().map(diffs::of).toList()));
        });
    }

    private ProblemException gone(long revision) {
        long newest = store.snapshot().revision();
        String reason =
                revision > newest
                        ? "there is none yet (the newest is " + newest + ")"
                        : "it is not kept any more, or was made before there was a history";
        return Problems.plain(
                404,
                "revision %d: %s; GET %s lists those that can be restored"
                        .formatted(revision, reason, AdminPaths.HISTORY));
    }

    private static RevisionSummary summary(Entry entry) {
        return new RevisionSummary(
                entry.revision(),
                entry.time().toEpochMilli(),
                entry.author(),
                entry.action(),
                entry.count(),
                entry.first().stream()
                        .map(one ->
                                new RevisionSummary.Entity(
                                        one.kind().schemaName(),
                                        one.id(),
                                        one.name(),
                                        one.action()))
                        .toList());
    }

    private static @Nullable EntityKind kind(@Nullable String name) throws BadParameterException {
        if (name == null) {
            return null;
        }
        return QueryParameters.parsed(
                "kind",
                name,
                Arrays.stream(EntityKind.values())
                        .map(EntityKind::schemaName)
                        .collect(Collectors.joining(", ")),
                text -> EntityKind.ofSchemaName(text).orElse(null));
    }

    private static long number(String name, String text) throws BadParameterException {
        return QueryParameters.parsed(
                name,
                text,
                "a revision's number",
                given -> given.matches("\\d{1,18}") ? Long.parseLong(given) : null);
    }

    /// The same question again, from where the page ends.
    private static String next(AdminCall call, String offset) {
        String others =
                call.query().entrySet().stream()
                        .filter(parameter -> !parameter.getKey().equals("offset"))
                        .sorted(Map.Entry.comparingByKey())
                        .map(parameter ->
                                parameter.getKey()
                                        + "="
                                        + UrlEncoded.encode(parameter.getValue())
                                        + "&")
                        .collect(Collectors.joining());
        return AdminPaths.HISTORY + "?" + others + "offset=" + offset;
    }

    private static Answer ok(Object body) {
        return Answer.ok(Json.MAPPER.<JsonNode>valueToTree(body));
    }

    private interface Question {
        Answer ask() throws BadParameterException;
    }

    private static Answer understood(Question question) {
        try {
            return question.ask();
        } catch (BadParameterException e) {
            throw Problems.plain(400, String.valueOf(e.getMessage()));
        }
    }
}
