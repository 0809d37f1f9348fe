package dev.torii.desktop.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/// A route that a prompt can be sent to.
///
/// @param path where on the proxy port
public record RouteChoice(String id, String name, String path) {

    /// Reads a route; empty for one that a plain path does not lead to.
    static Optional<RouteChoice> of(ObjectNode route) {
        String id = route.path("id").asText();
        for (JsonNode path : route.path("paths")) {
            String text = path.asText();
            if (text.startsWith("/")) {
                return Optional.of(new RouteChoice(id, route.path("name").asText(id), text));
            }
        }
        return Optional.empty();
    }
}
