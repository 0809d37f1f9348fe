package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaValidator;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// The shorthand `snis` of certificates, which stands for server names that refer to them.
final class CertificateNames {

    static final String FIELD = "snis";

    static final Schema SCHEMA = schema();

    private CertificateNames() {}

    /// @param value null JSON where the client said nothing of names or took all away
    /// @param said whether the client said anything of names
    record Given(JsonNode value, boolean said) {

        List<String> names() {
            List<String> names = new ArrayList<>();
            value.forEach(name -> names.add(name.asText()));
            return names;
        }
    }

    private static Schema schema() {
        ObjectNode shape = Json.object();
        shape.set(
                "fields", EntitySchemas.of(EntityKind.CERTIFICATES).json().get("shorthand_fields"));
        return Schema.parse("certificates", shape);
    }

    /// Takes the shorthand out of what a client sent. A single name, as forms have it, is a list of
    /// one.
    static Given take(ObjectNode given) {
        JsonNode value = given.remove(FIELD);
        if (value != null && value.isTextual()) {
            ArrayNode list = Json.array();
            return new Given(value.textValue().isEmpty() ? list : list.add(value), true);
        }
        return new Given(value == null ? NullNode.getInstance() : value, value != null);
    }

    /// Adds names to those that a body says, which need not be right yet.
    static void add(List<String> names, ObjectNode body) {
        Given given = take(body);
        if (given.value().isNull() || given.value().isArray()) {
            ArrayNode all = Json.array();
            given.value().forEach(all::add);
            names.stream().filter(name -> !given.names().contains(name)).forEach(all::add);
            body.set(FIELD, all);
        } else {
            body.set(FIELD, given.value());
        }
    }

    static void check(Given given) {
        FieldSpec field = SCHEMA.fields().getFirst();
        List<Violation> violations = new ArrayList<>();
        SchemaValidator.validate(field, given.value())
                .forEach(violation -> violations.add(violation.below(FIELD)));
        Set<String> seen = new HashSet<>();
        given.names().stream()
                .filter(name -> !seen.add(name))
                .forEach(name -> violations.add(Violation.of(name + " is duplicated", FIELD)));
        if (!violations.isEmpty()) {
            throw Problems.schemaViolation(SCHEMA, violations);
        }
    }

    /// Refuses names that another certificate has.
    static void checkFree(Given given, String certificate, ConfigSnapshot snapshot) {
        for (String name : given.names()) {
            ObjectNode sni = EntityKey.findBy(snapshot, EntityKind.SNIS, "name", name);
            String owner = sni == null ? certificate : owner(sni);
            if (!owner.equals(certificate)) {
                throw Problems.schemaViolation(
                        SCHEMA,
                        List.of(
                                Violation.of(
                                        name
                                                + " already associated with existing certificate '"
                                                + owner
                                                + "'",
                                        FIELD)));
            }
        }
    }

    /// The steps that make a certificate's names those that were given; none when nothing was said.
    static List<Step> steps(Given given, String certificate, ConfigSnapshot snapshot, long now) {
        List<Step> steps = new ArrayList<>();
        if (!given.said()) {
            return steps;
        }
        Set<String> wanted = new TreeSet<>(given.names());
        for (ObjectNode sni : having(certificate, snapshot)) {
            if (!wanted.remove(sni.path("name").asText())) {
                steps.add(new Step.Delete(EntityKind.SNIS, sni.path("id").asText()));
            }
        }
        for (String name : wanted) {
            String id = UUID.randomUUID().toString();
            ObjectNode sni =
                    Json.object()
                            .put("id", id)
                            .put("name", name)
                            .put("created_at", now)
                            .put("updated_at", now);
            sni.putObject("certificate").put("id", certificate);
            Schema schema = EntitySchemas.of(EntityKind.SNIS);
            steps.add(
                    new Step.Put(
                            EntityKind.SNIS, id, EntitySchemas.fill(EntityKind.SNIS, schema, sni)));
        }
        return steps;
    }

    /// Sorted.
    static Set<String> of(String certificate, ConfigSnapshot snapshot) {
        Set<String> names = new TreeSet<>();
        having(certificate, snapshot).forEach(sni -> names.add(sni.path("name").asText()));
        return names;
    }

    private static List<ObjectNode> having(String certificate, ConfigSnapshot snapshot) {
        return snapshot.having(EntityKind.SNIS, "certificate", certificate);
    }

    private static String owner(ObjectNode sni) {
        return sni.path("certificate").path("id").asText();
    }
}
