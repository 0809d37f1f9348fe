package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Format;
import dev.torii.model.schema.HostPort;

/// Targets are written in one way, whatever the client's, and the newest is listed first.
final class TargetRules implements EntityRules {

    private static final String TARGET = "target";
    private static final int USUAL_PORT = 8000;
    private static final int MILLIS = 1000;

    /// What is no target stays as it is, for the schema to refuse.
    @Override
    public void expand(ObjectNode given) {
        JsonNode target = given.path(TARGET);
        if (target.isTextual()) {
            given.put(TARGET, normal(target.textValue()));
        }
    }

    @Override
    public String keyAsStored(String segment) {
        return Format.isUuid(segment) ? segment : normal(segment);
    }

    private static String normal(String target) {
        HostPort parsed = HostPort.parse(target);
        return parsed == null ? target : parsed.normal(USUAL_PORT);
    }

    @Override
    public String keyBelowParent() {
        return TARGET;
    }

    @Override
    public boolean putMergesBelowParent() {
        return true;
    }

    @Override
    public String placeBelowParent(ObjectNode target) {
        long created = Math.max(0, (long) (target.path("created_at").doubleValue() * MILLIS));
        return "%019d %s".formatted(Long.MAX_VALUE - created, target.path("id").asText());
    }
}
