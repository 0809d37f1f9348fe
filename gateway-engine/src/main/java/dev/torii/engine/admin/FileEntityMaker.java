package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.EntityMaker;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes entities of a file by the rules that hold for what clients of the Admin API send.
public final class FileEntityMaker implements EntityMaker {

    private final PluginRegistry plugins;
    private final RuleBook rules;
    private final Drafts drafts;

    public FileEntityMaker(PluginRegistry plugins, InstantSource clock) {
        this.plugins = plugins;
        this.rules = new RuleBook(plugins, clock);
        this.drafts = new Drafts(rules, clock);
    }

    @Override
    public ObjectNode make(
            EntityKind kind, ObjectNode given, boolean transform, ConfigSnapshot snapshot)
            throws RefusedException {
        try {
            return drafts.create(kind, new Input.Json(given), Json.object(), snapshot, transform);
        } catch (ProblemException e) {
            throw new RefusedException(violations(e));
        }
    }

    @Override
    public void checkAmong(
            EntityKind kind, ObjectNode entity, ObjectNode given, ConfigSnapshot after)
            throws RefusedException {
        try {
            rules.of(kind).checkAmong(entity, new Input.Json(given), after);
        } catch (ProblemException e) {
            throw new RefusedException(violations(e));
        }
    }

    @Override
    public void checkRemoval(EntityKind kind, String id, ConfigSnapshot after)
            throws RefusedException {
        try {
            rules.of(kind).checkRemoval(id, after);
        } catch (ProblemException e) {
            throw new RefusedException(violations(e));
        }
    }

    /// A problem's `fields` as a list; of one without, its message.
    private static List<Violation> violations(ProblemException problem) {
        JsonNode body = problem.answer().body();
        List<Violation> violations = new ArrayList<>();
        if (body != null) {
            collect(body.path("fields"), List.of(), violations);
        }
        if (violations.isEmpty()) {
            String message = body == null ? "refused" : body.path("message").asText();
            violations.add(Violation.of(message, Violation.ENTITY));
        }
        return violations;
    }

    private static void collect(JsonNode node, List<String> path, List<Violation> into) {
        if (node.isTextual()) {
            into.add(new Violation(path, node.textValue()));
        } else if (!path.isEmpty() && path.getLast().equals(Violation.ENTITY)) {
            node.forEach(message -> into.add(new Violation(path, message.asText())));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), with(path, Integer.toString(i + 1)), into);
            }
        } else {
            node.properties()
                    .forEach(entry -> collect(entry.getValue(), with(path, entry.getKey()), into));
        }
    }

    private static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    @Override
    public Schema schema(EntityKind kind, ObjectNode entity) {
        return rules.of(kind).schema(EntitySchemas.of(kind), new Input.Json(entity), null);
    }

    @Override
    public boolean isTransformed(EntityKind kind) {
        return rules.of(kind).isTransformed();
    }

    @Override
    public boolean isToriiOnly(EntityKind kind, ObjectNode entity) {
        return rules.of(kind).isToriiOnly(entity);
    }

    @Override
    public Optional<String> missing(EntityKind kind, ObjectNode given) {
        return kind == EntityKind.PLUGINS
                        && given.path("name").isTextual()
                        && plugins.find(given.path("name").textValue()).isEmpty()
                ? Optional.of("plugin '" + given.path("name").textValue() + "'")
                : Optional.empty();
    }
}
