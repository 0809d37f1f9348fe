package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.EntityChange;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import java.util.List;

/// Makes sure that what was once a valid configuration is one still: schemas, plugins and rules may
/// have changed since.
final class Restoration {

    private final Drafts drafts;

    Restoration(Drafts drafts) {
        this.drafts = drafts;
    }

    /// The change, with fields that have come into being since.
    ///
    /// @param change back to how it was right after the revision
    /// @throws ProblemException 409 when that cannot be now; the message says what stands against
    ///   it
    ConfigChange check(long revision, ConfigChange change, ConfigSnapshot current) {
        List<Step> steps = change.steps().stream().map(step -> valid(revision, step)).toList();
        var checked = new ConfigChange(steps, change.action());
        ConfigSnapshot after = current.after(checked);
        if (after.revision() != current.revision()) {
            after.changes().forEach(changed -> checkAmong(revision, changed, after));
        }
        return checked;
    }

    private Step valid(long revision, Step step) {
        return switch (step) {
            case Step.Put(var kind, var id, var entity) -> {
                try {
                    yield new Step.Put(kind, id, drafts.stillValid(kind, entity));
                } catch (ProblemException e) {
                    throw refused(revision, kind, id, e);
                }
            }
            case Step.Delete delete -> delete;
        };
    }

    private void checkAmong(long revision, EntityChange change, ConfigSnapshot after) {
        try {
            if (change.after() == null) {
                checkChildless(change.kind(), change.id(), after);
            } else {
                new Constraints(after, drafts)
                        .check(
                                change.kind(),
                                change.after(),
                                change.id(),
                                new Input.Json(Json.object()));
            }
        } catch (ProblemException e) {
            throw refused(revision, change.kind(), change.id(), e);
        }
    }

    private static void checkChildless(EntityKind kind, String id, ConfigSnapshot after) {
        for (Relation relation : Relation.toParent(kind)) {
            if (!after.having(relation.child(), relation.field(), id).isEmpty()) {
                throw Problems.referenced(kind, relation.child());
            }
        }
    }

    private static ProblemException refused(
            long revision, EntityKind kind, String id, ProblemException reason) {
        ObjectNode body =
                reason.answer().body() instanceof ObjectNode object ? object : Json.object();
        return Problems.plain(
                409,
                "revision %d cannot be restored, and nothing has been changed: %s %s: %s"
                        .formatted(revision, kind.schemaName(), id, body.path("message").asText()));
    }
}
