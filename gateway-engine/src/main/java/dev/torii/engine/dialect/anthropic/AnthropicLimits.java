package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.OutputLimits;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How long the answers of Claudes can be. A model is found by what its name begins with behind
/// `claude-`, so that versions of a day and the names of other hosts are found too. Source:
/// Anthropic's documentation, "Models overview".
final class AnthropicLimits implements OutputLimits {

    private static final OutputLimits BUNDLED = bundled();

    private final TreeMap<String, Integer> byName = new TreeMap<>();

    private AnthropicLimits(JsonNode table) {
        table.properties()
                .forEach(model -> byName.put(model.getKey(), model.getValue().intValue()));
    }

    static OutputLimits get() {
        return BUNDLED;
    }

    private static OutputLimits bundled() {
        try (var resource = AnthropicLimits.class.getResourceAsStream("output-limits.json")) {
            if (resource == null) {
                throw new IllegalStateException("output-limits.json is not beside AnthropicLimits");
            }
            return new AnthropicLimits(Json.parse(resource.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("output-limits.json: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Integer of(String model) {
        int claude = model.indexOf("claude-");
        if (claude < 0) {
            return null;
        }
        String name = model.substring(claude).replace('.', '-');
        for (Map.Entry<String, Integer> entry : byName.descendingMap().entrySet()) {
            if (name.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }
}
