package dev.torii.desktop.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.List;

/// The engine said no to a call of its Admin API, or could not be asked.
public final class AdminProblem extends Exception {

    private static final long serialVersionUID = 1L;

    /// Stands in [#status] for an engine that gave no answer.
    public static final int UNREACHABLE = 0;

    private final int status;
    private final String name;
    private final transient List<Violation> violations;

    AdminProblem(int status, String name, String message, List<Violation> violations) {
        super(message);
        this.status = status;
        this.name = name;
        this.violations = List.copyOf(violations);
    }

    static AdminProblem unreachable(String where) {
        return new AdminProblem(
                UNREACHABLE, "unreachable", "No answer from the engine at " + where, List.of());
    }

    /// Reads the Admin API's error object; `fields` is a tree of messages in the entity's shape.
    static AdminProblem of(int status, JsonNode body) {
        List<Violation> violations = new ArrayList<>();
        collect(body.path("fields"), List.of(), violations);
        String message = body.path("message").asText("");
        return new AdminProblem(
                status,
                body.path("name").asText(""),
                message.isEmpty() ? "The engine answered " + status : message,
                violations);
    }

    private static void collect(JsonNode node, List<String> path, List<Violation> into) {
        if (node.isTextual()) {
            into.add(new Violation(path, node.textValue()));
        } else if (node.isObject()) {
            node.properties().forEach(e -> collect(e.getValue(), plus(path, e.getKey()), into));
        } else if (node.isArray()) {
            int index = 1;
            for (JsonNode element : node) {
                boolean severalMessages = path.isEmpty() || path.getLast().equals(Violation.ENTITY);
                boolean messageOfThis = element.isTextual() && severalMessages;
                collect(element, messageOfThis ? path : plus(path, String.valueOf(index)), into);
                index++;
            }
        }
    }

    private static List<String> plus(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /// The HTTP status, or [#UNREACHABLE].
    public int status() {
        return status;
    }

    /// The Admin API's name of the error, such as `schema violation`.
    public String name() {
        return name;
    }

    /// What is wrong with which field; empty when the problem is not about fields.
    public List<Violation> violations() {
        return violations;
    }

    public boolean unreachable() {
        return status == UNREACHABLE;
    }
}
