package dev.torii.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;

/// Writes what an import does, for a person: `+` is new, `~` changes, `-` goes.
final class ChangeText {

    private ChangeText() {}

    static void print(ObjectNode report, PrintWriter out) {
        for (JsonNode note : report.path("notes")) {
            out.println("note: " + note.asText());
        }
        for (JsonNode change : report.path("changes")) {
            String operation = change.path("op").asText();
            String sign =
                    switch (operation) {
                        case "create" -> "+";
                        case "delete" -> "-";
                        default -> "~";
                    };
            out.println(
                    sign + " " + change.path("kind").asText() + " " + change.path("name").asText());
            for (JsonNode field : change.path("fields")) {
                print(operation, field, out);
            }
        }
        JsonNode summary = report.path("summary");
        out.println(
                isEmpty(report)
                        ? "No differences."
                        : "%d to create, %d to change, %d to delete."
                                .formatted(
                                        summary.path("create").asInt(),
                                        summary.path("update").asInt(),
                                        summary.path("delete").asInt()));
        out.flush();
    }

    private static void print(String operation, JsonNode field, PrintWriter out) {
        String name = field.path("field").asText();
        String before = field.path("before").asText();
        String after = field.path("after").asText();
        if (operation.equals("create")) {
            out.println("    " + name + ": " + after);
        } else {
            out.println(
                    "    %s: %s → %s"
                            .formatted(
                                    name,
                                    before.isEmpty() ? "(nothing)" : before,
                                    after.isEmpty() ? "(nothing)" : after));
        }
    }

    static boolean isEmpty(ObjectNode report) {
        return report.path("changes").isEmpty();
    }
}
