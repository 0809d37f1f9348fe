package dev.torii.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SchemaReferencesTest {

    private static final SchemaReferences REFERENCES =
            SchemaReferences.of(
                    Schema.parse(
                            "sample",
                            json(
                                    """
                                    {'fields': [
                                      {'plain': {'type': 'string'}},
                                      {'text': {'type': 'string', 'referenceable': true}},
                                      {'inner': {'type': 'record', 'fields': [
                                        {'secret': {'type': 'string', 'referenceable': true, 'encrypted': true}},
                                        {'count': {'type': 'integer'}}]}},
                                      {'list': {'type': 'array', 'elements': {'type': 'string', 'referenceable': true}}},
                                      {'map': {'type': 'map', 'keys': {'type': 'string'},
                                        'values': {'type': 'string', 'referenceable': true}}},
                                      {'records': {'type': 'array', 'elements': {'type': 'record', 'fields': [
                                        {'key': {'type': 'string', 'referenceable': true}}]}}}
                                    ]}
                                    """)));

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void replacesReferencesWhereverTheSchemaAllowsThem() {
        ObjectNode value =
                json(
                        """
                        {'plain': '{vault://v/plain}', 'text': '{vault://v/text}',
                         'inner': {'secret': '{vault://v/secret}', 'count': 1},
                         'list': ['a', '{vault://v/list}'], 'map': {'k': '{vault://v/map}'},
                         'records': [{'key': '{vault://v/key}'}], 'unknown': '{vault://v/unknown}'}
                        """);
        ObjectNode before = value.deepCopy();
        Map<String, Boolean> encrypted = new TreeMap<>();

        ObjectNode replaced =
                REFERENCES.replace(
                        value,
                        (path, reference, secret) -> {
                            encrypted.put(path, secret);
                            return reference.toUpperCase(Locale.ROOT);
                        });

        assertThat(replaced)
                .isEqualTo(
                        json(
                                """
                                {'plain': '{vault://v/plain}', 'text': '{VAULT://V/TEXT}',
                                 'inner': {'secret': '{VAULT://V/SECRET}', 'count': 1},
                                 'list': ['a', '{VAULT://V/LIST}'], 'map': {'k': '{VAULT://V/MAP}'},
                                 'records': [{'key': '{VAULT://V/KEY}'}], 'unknown': '{vault://v/unknown}'}
                                """));
        assertThat(value).isEqualTo(before);
        assertThat(encrypted)
                .isEqualTo(
                        Map.of(
                                "text", false,
                                "inner.secret", true,
                                "list.2", false,
                                "map.k", false,
                                "records.1.key", false));
    }

    @Test
    void leavesAValueWithoutReferencesAsItIs() {
        ObjectNode value =
                json("{'text': 'x', 'inner': null, 'list': ['a'], 'map': {}, 'records': []}");

        assertThat(REFERENCES.replace(value, (_, _, _) -> "never")).isSameAs(value);
    }
}
