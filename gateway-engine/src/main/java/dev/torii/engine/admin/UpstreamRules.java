package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/// What an upstream hashes on and how it spreads requests say one thing between them, so that each
/// brings the other along.
final class UpstreamRules implements EntityRules {

    private static final String ALGORITHM = "algorithm";
    private static final String HASH_ON = "hash_on";
    private static final String NOTHING = "none";

    private static final Set<String> WITHOUT_HASHES = Set.of("least-connections", "latency");

    @Override
    public void expand(ObjectNode given) {
        if (WITHOUT_HASHES.contains(given.path(ALGORITHM).asText())) {
            given.put(HASH_ON, NOTHING);
            return;
        }
        JsonNode hashOn = given.path(HASH_ON);
        if (hashOn.isTextual()) {
            given.put(
                    ALGORITHM,
                    hashOn.textValue().equals(NOTHING) ? "round-robin" : "consistent-hashing");
        }
    }
}
