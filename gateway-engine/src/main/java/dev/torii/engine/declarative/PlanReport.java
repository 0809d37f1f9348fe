package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.PlannedChange.Operation;
import dev.torii.model.json.Json;
import java.util.Locale;

/// A plan as JSON, for clients that show it.
public final class PlanReport {

    private PlanReport() {}

    /// The plan with its counts, each change, and what was passed over.
    ///
    /// @param revision of the configuration that the plan is for, or that it has made
    public static ObjectNode json(ImportPlan plan, long revision) {
        ObjectNode report = Json.object().put("revision", revision);
        ObjectNode summary = report.putObject("summary");
        for (Operation operation : Operation.values()) {
            summary.put(word(operation), plan.count(operation));
        }
        ArrayNode changes = report.putArray("changes");
        for (PlannedChange change : plan.changes()) {
            ObjectNode entry =
                    changes.addObject()
                            .put("op", word(change.operation()))
                            .put("kind", change.kind().schemaName())
                            .put("id", change.id())
                            .put("name", change.name());
            ArrayNode fields = entry.putArray("fields");
            change.fields()
                    .forEach(field ->
                            fields.addObject()
                                    .put("field", field.field())
                                    .put("before", field.before())
                                    .put("after", field.after()));
        }
        ArrayNode notes = report.putArray("notes");
        plan.notes().forEach(notes::add);
        return report;
    }

    private static String word(Operation operation) {
        return operation.name().toLowerCase(Locale.ROOT);
    }
}
