package dev.torii.engine.dialect.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Losses;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is left of a schema for Gemini.
class GeminiSchemaTest {

    private static final List<String> KEYWORDS =
            List.of(
                    "$schema",
                    "$id",
                    "$comment",
                    "$anchor",
                    "$vocabulary",
                    "$dynamicRef",
                    "$dynamicAnchor",
                    "definitions",
                    "$defs",
                    "const",
                    "exclusiveMinimum",
                    "exclusiveMaximum",
                    "multipleOf",
                    "uniqueItems",
                    "contains",
                    "minContains",
                    "maxContains",
                    "unevaluatedItems",
                    "additionalItems",
                    "patternProperties",
                    "propertyNames",
                    "unevaluatedProperties",
                    "dependencies",
                    "dependentRequired",
                    "dependentSchemas",
                    "if",
                    "then",
                    "else",
                    "not",
                    "oneOf",
                    "allOf",
                    "readOnly",
                    "writeOnly",
                    "deprecated",
                    "examples",
                    "contentEncoding",
                    "contentMediaType",
                    "contentSchema",
                    "strict",
                    "x-order",
                    "cache_control",
                    "optional");

    private final Losses losses = new Losses();

    private static ObjectNode json(String text) throws Exception {
        return (ObjectNode) Json.parse(text);
    }

    private ObjectNode jsonSchema(String schema) throws Exception {
        return Objects.requireNonNull(GeminiSchema.json(json(schema), "p", losses));
    }

    private ObjectNode openApi(String schema) throws Exception {
        return Objects.requireNonNull(GeminiSchema.openApi(json(schema), "p", losses));
    }

    /// The keywords that stand at the place of one.
    private static void keywords(JsonNode schema, Set<String> found) {
        for (var field : schema.properties()) {
            found.add(field.getKey());
            switch (field.getKey()) {
                case "properties" -> field.getValue().forEach(each -> keywords(each, found));
                case "items", "additionalProperties" -> keywords(field.getValue(), found);
                case "anyOf", "prefixItems" ->
                        field.getValue().forEach(each -> keywords(each, found));
                default -> {}
            }
        }
    }

    /// Row 23.
    @Test
    void takesOutKeywordsAtAnyDepthAndKeepsPropertiesOfTheirNames() throws Exception {
        ObjectNode leaf = Json.object().put("type", "string");
        ObjectNode root = Json.object().put("type", "object");
        ObjectNode properties = root.putObject("properties");
        for (String keyword : KEYWORDS) {
            JsonNode value =
                    keyword.equals("oneOf") || keyword.equals("allOf")
                            ? Json.array().add(Json.object().put("type", "string"))
                            : Json.object();
            leaf.set(keyword, value);
            root.set(keyword, value);
            properties.set(keyword, Json.object().put("type", "string"));
        }
        for (String name :
                List.of("readOnly", "format", "default", "items", "properties", "$ref")) {
            properties.set(name, Json.object().put("type", "integer"));
        }
        properties.putObject("list").put("type", "array").set("items", leaf.deepCopy());
        properties
                .putObject("deep")
                .put("type", "object")
                .putObject("properties")
                .set("leaf", leaf);

        checkProperties(jsonSchema(Json.text(root)), properties);
        checkProperties(openApi(Json.text(root)), properties);
    }

    private static void checkProperties(ObjectNode written, ObjectNode properties) {
        Set<String> found = new HashSet<>();
        keywords(written, found);
        assertThat(found).doesNotContainAnyElementsOf(KEYWORDS);
        assertThat(written.path("properties").properties()).hasSameSizeAs(properties.properties());
        assertThat(written.at("/properties/readOnly/type").asText())
                .isEqualToIgnoringCase("integer");
    }

    @Test
    void saysBoundsThatGeminiDoesNotKnowInWords() throws Exception {
        assertThat(
                        jsonSchema(
                                "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\",\"description\":\"a name\","
                                        + "\"pattern\":\"^a\",\"minLength\":3},\"y\":{\"type\":\"number\",\"exclusiveMinimum\":0}}}"))
                .isEqualTo(
                        json(
                                "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"string\","
                                        + "\"description\":\"a name (pattern ^a, minLength 3)\"},"
                                        + "\"y\":{\"type\":\"number\",\"minimum\":0,\"description\":\"(exclusiveMinimum 0)\"}}}"));
        assertThat(losses.count()).isEqualTo(3);
    }

    @Test
    void writesWhatIsReferredToInItsPlaceAndCutsWhatHoldsItself() throws Exception {
        String schema =
                """
                {"type":"object","$defs":{"node":{"type":"object","description":"a node","properties":{
                    "name":{"$ref":"#/$defs/text"},"next":{"$ref":"#/$defs/node"}},"required":["name"]},
                  "text":{"type":"string"}},
                 "properties":{"tree":{"$ref":"#/$defs/node","description":"the tree"}}}\
                """;
        assertThat(jsonSchema(schema))
                .isEqualTo(
                        json(
                                """
                                {"type":"object","properties":{"tree":{"type":"object","description":"the tree",
                                  "properties":{"name":{"type":"string"},"next":{"type":"object"}},"required":["name"]}}}\
                                """));
        assertThat(openApi(schema).at("/properties/tree/properties/next"))
                .isEqualTo(json("{\"type\":\"OBJECT\"}"));
        assertThat(losses.count()).isEqualTo(2);
    }

    /// Each level holds the next one twice.
    @Test
    void cutsWhatWouldGrowWithoutMeasure() throws Exception {
        ObjectNode schema =
                json("{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/0\"}}}");
        ObjectNode shelves = schema.putObject("$defs");
        for (int i = 0; i < 40; i++) {
            ObjectNode properties = shelves.putObject("" + i).putObject("properties");
            properties.putObject("l").put("$ref", "#/$defs/" + (i + 1));
            properties.putObject("r").put("$ref", "#/$defs/" + (i + 1));
        }
        ObjectNode written = Objects.requireNonNull(GeminiSchema.json(schema, "p", losses));
        assertThat(Json.text(written).length()).isLessThan(1_000_000);
    }

    /// Each level holds the next one.
    @Test
    void cutsWhatWouldBeDeepWithoutMeasure() throws Exception {
        ObjectNode schema =
                json("{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/0\"}}}");
        ObjectNode shelves = schema.putObject("$defs");
        for (int i = 0; i < 2000; i++) {
            shelves.putObject("" + i)
                    .putObject("properties")
                    .putObject("n")
                    .put("$ref", "#/$defs/" + (i + 1));
        }
        ObjectNode written = Objects.requireNonNull(GeminiSchema.json(schema, "p", losses));
        assertThat(Json.parse(Json.bytes(written))).isEqualTo(written);
        assertThat(losses.count()).isEqualTo(1);
    }

    @Test
    void leavesWhatSeveralSchemasReferToAsItIs() throws Exception {
        assertThat(
                        jsonSchema(
                                """
                                {"type":"object","$defs":{"base":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}},
                                 "properties":{"more":{"allOf":[{"$ref":"#/$defs/base"},{"properties":{"b":{"type":"string"}},"required":["a","b"]}]},
                                   "same":{"$ref":"#/$defs/base"}}}\
                                """))
                .isEqualTo(
                        json(
                                """
                                {"type":"object","properties":{
                                  "more":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},"required":["a","b"]},
                                  "same":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}\
                                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"items", "prefixItems"})
    void keepsTheTypesOfATuple(String keyword) throws Exception {
        String schema =
                "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"array\",\""
                        + keyword
                        + "\":[{\"type\":\"number\"},{\"type\":\"boolean\"}]}}}";
        assertThat(jsonSchema(schema).at("/properties/x"))
                .isEqualTo(
                        json(
                                "{\"type\":\"array\",\"prefixItems\":[{\"type\":\"number\"},{\"type\":\"boolean\"}]}"));
        assertThat(openApi(schema).at("/properties/x"))
                .isEqualTo(
                        json(
                                "{\"type\":\"ARRAY\",\"items\":{\"anyOf\":[{\"type\":\"NUMBER\"},{\"type\":\"BOOLEAN\"}]}}"));
        assertThat(losses.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":[\"string\",\"null\"]}                          | {\"type\":\"STRING\",\"nullable\":true}",
                "{\"type\":[\"string\",\"integer\"]}                       | {\"anyOf\":[{\"type\":\"STRING\"},{\"type\":\"INTEGER\"}]}",
                "{\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}]}   | {\"nullable\":true,\"type\":\"STRING\"}",
                "{\"oneOf\":[{\"type\":\"string\"},{\"type\":\"number\"}]} | {\"anyOf\":[{\"type\":\"STRING\"},{\"type\":\"NUMBER\"}]}",
                "{\"const\":\"a\"}                                         | {\"enum\":[\"a\"],\"type\":\"STRING\"}",
                "{\"type\":\"integer\",\"enum\":[1,2]}                     | {\"type\":\"INTEGER\",\"description\":\"(enum [1,2])\"}",
                "{\"type\":\"string\",\"format\":\"uri\"}                  | {\"type\":\"STRING\",\"description\":\"(format uri)\"}",
                "{\"type\":\"string\",\"format\":\"date-time\"}            | {\"type\":\"STRING\",\"format\":\"date-time\"}",
                "{\"type\":\"array\"}                                      | {\"type\":\"ARRAY\",\"items\":{\"type\":\"STRING\"}}",
                "{\"allOf\":[{\"type\":\"string\"},{\"maxLength\":2}]}     | {\"type\":\"STRING\",\"maxLength\":2}",
                "{\"type\":\"object\",\"properties\":{},\"required\":[\"a\"]} | {\"type\":\"OBJECT\"}",
                "{\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\",\"b\"]} | {\"properties\":{\"a\":{\"type\":\"STRING\"}},\"required\":[\"a\"],\"type\":\"OBJECT\"}",
                "true                                                      | {}"
            })
    void saysTheSameInOpenApisSubset(String schema, String expected) throws Exception {
        assertThat(
                        openApi("{\"type\":\"object\",\"properties\":{\"x\":" + schema + "}}")
                                .at("/properties/x"))
                .isEqualTo(Json.parse(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "{\"type\":\"object\"}", "{\"type\":\"object\",\"properties\":{}}"})
    void leavesOutWhatTakesNothing(String schema) throws Exception {
        assertThat(GeminiSchema.json(json(schema), "p", losses)).isNull();
        assertThat(GeminiSchema.openApi(json(schema), "p", losses)).isNull();
    }

    @Test
    void readsAClientsSubsetAsJsonSchema() throws Exception {
        assertThat(
                        Json.text(
                                GeminiOpenApi.jsonSchema(
                                        json(
                                                """
                                                {"type":"OBJECT","properties":{"type":{"type":"STRING","nullable":true},
                                                  "any":{"anyOf":[{"type":"STRING"},{"type":"NUMBER"}],"nullable":true},
                                                  "list":{"type":"ARRAY","min_items":"2","items":{"any_of":[{"type":"INTEGER"}]}}},
                                                 "required":["type"]}\
                                                """))))
                .isEqualTo(
                        Json.text(
                                json(
                                        """
                                        {"type":"object","properties":{"type":{"type":["string","null"]},
                                          "any":{"anyOf":[{"type":"string"},{"type":"number"},{"type":"null"}]},
                                          "list":{"type":"array","minItems":2,"items":{"anyOf":[{"type":"integer"}]}}},
                                         "required":["type"]}\
                                        """)));
    }
}
