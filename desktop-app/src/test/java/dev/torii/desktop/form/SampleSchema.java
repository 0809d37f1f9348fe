package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaValidator;

/// A plugin with one field of each kind.
final class SampleSchema {

    static final Schema ALL_KINDS =
            Schema.parseLeniently(
                    "all-kinds",
                    object(
                            """
                            {"fields":[
                              {"id":{"type":"string","uuid":true,"auto":true}},
                              {"name":{"type":"string","required":true}},
                              {"enabled":{"type":"boolean","required":true,"default":true}},
                              {"tags":{"type":"set","elements":{"type":"string"}}},
                              {"service":{"type":"foreign","reference":"services"}},
                              {"protocols":{"type":"set","required":true,"default":["http"],"elements":{"type":"string","one_of":["grpc","http","https"]}}},
                              {"config":{"type":"record","required":true,"fields":[
                                {"mode":{"type":"string","required":true,"default":"allow","one_of":["allow","deny","always"]}},
                                {"provider":{"type":"string","required":true,"one_of":["openai","anthropic","azure","gemini","bedrock"]}},
                                {"code":{"type":"integer","default":426,"one_of":[426,301,302],"x_torii":{"advanced":true}}},
                                {"model":{"type":"string","x_torii":{"suggestions":["gpt-4o-mini","gpt-4.1"]}}},
                                {"timeout":{"type":"integer","default":60000,"between":[1,2147483646],"x_torii":{"unit":"ms","advanced":true}}},
                                {"temperature":{"type":"number","between":[0,5]}},
                                {"stream":{"type":"boolean"}},
                                {"note":{"type":"string","len_max":2000}},
                                {"auth":{"type":"record","required":false,
                                  "entity_checks":[{"mutually_required":["header_name","header_value"]}],
                                  "fields":[
                                    {"header_name":{"type":"string"}},
                                    {"header_value":{"type":"string","encrypted":true}},
                                    {"override":{"type":"boolean","default":false}}]}},
                                {"redis":{"type":"record","required":false,"fields":[
                                    {"host":{"type":"string","required":true}},
                                    {"port":{"type":"integer","default":6379,"between":[0,65535]}}]}},
                                {"deny":{"type":"array","elements":{"type":"string","is_regex":true,"x_torii":{"widget":"regex"}}}},
                                {"prompts":{"type":"array","elements":{"type":"record","fields":[
                                    {"role":{"type":"string","required":true,"default":"system","one_of":["system","user"]}},
                                    {"content":{"type":"string","required":true,"len_max":500,"x_torii":{"widget":"prompt"}}}]}}},
                                {"limits":{"type":"array","elements":{"type":"number"}}},
                                {"headers":{"type":"map","keys":{"type":"string"},"values":{"type":"array","elements":{"type":"string"}}}},
                                {"labels":{"type":"map","keys":{"type":"string"},"values":{"type":"string"}}},
                                {"matrix":{"type":"array","elements":{"type":"array","elements":{"type":"number"}}}},
                                {"rules":{"type":"map","keys":{"type":"string"},"values":{"type":"record","fields":[{"a":{"type":"string"}}]}}},
                                {"future":{"type":"hologram"}}
                              ]}}
                            ]}
                            """));

    private SampleSchema() {}

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    static FormModel model(String stored) {
        return new FormModel(
                ALL_KINDS.root(),
                object(stored),
                value -> SchemaValidator.validate(ALL_KINDS, value),
                Debounce.NONE,
                java.util.List.of());
    }
}
