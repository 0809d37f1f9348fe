package dev.torii.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Schemas that a model can be held to. What they become, the requests of Anthropic and Bedrock
/// show.
class StrictSchemaTest {

    private final StrictSchema schemas = new StrictSchema("s", new Losses());

    private static ObjectNode json(String json) throws Exception {
        return (ObjectNode) Json.parse(json);
    }

    /// Each definition refers to the next one so many times.
    private static ObjectNode chain(int length, int times) {
        ObjectNode schema = Json.object().put("$ref", "#/$defs/d0");
        ObjectNode definitions = schema.putObject("$defs");
        for (int i = 0; i < length; i++) {
            ObjectNode properties =
                    definitions.putObject("d" + i).put("type", "object").putObject("properties");
            for (int j = 0; i + 1 < length && j < times; j++) {
                properties.putObject("p" + j).put("$ref", "#/$defs/d" + (i + 1));
            }
        }
        return schema;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"#\"}",
                "{\"properties\":{\"a\":{\"items\":{\"$ref\":\"#/properties/a\"}}}}",
                "{\"anyOf\":[{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{\"oneOf\":[{\"$ref\":\"#/$defs/b\"}]},\"b\":{\"$ref\":\"#/$defs/a\"}}}",
                "{\"$ref\":\"#/$defs/none\"}",
                "{\"$ref\":\"https://a.example/schema\"}"
            })
    void holdNobodyWhereTheyDoNotEnd(String schema) throws Exception {
        assertThat(schemas.strict(json(schema))).isNull();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void areLookedThroughOnceHoweverOftenTheyAreReferredTo() {
        assertThat(schemas.strict(chain(64, 2))).isNotNull();
    }

    @Test
    void holdNobodyWhereTheyGoTooDeepToTell() {
        assertThat(schemas.strict(chain(5000, 1))).isNull();
    }

    @Test
    void closeWhatMayBeAnObject() throws Exception {
        assertThat(schemas.strict(json("{\"type\":[\"object\",\"null\"]}")))
                .isEqualTo(json("{\"type\":[\"object\",\"null\"],\"additionalProperties\":false}"));
    }
}
