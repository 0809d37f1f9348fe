package dev.torii.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaValidatorTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'string'} | 5 | expected a string",
                "{'type':'string'} | '' | length must be at least 1",
                "{'type':'string','len_min':0} | '' | ok",
                "{'type':'string','required':true} | null | required field missing",
                "{'type':'string'} | null | ok",
                "{'type':'string','len_max':2} | 'abc' | length must be at most 2",
                "{'type':'string','len_min':2} | 'a' | length must be at least 2",
                "{'type':'string','len_eq':2} | 'a' | length must be 2",
                "{'type':'string','len_max':1} | '😀' | ok",
                "{'type':'string','one_of':['a','b']} | 'c' | expected one of: a, b",
                "{'type':'string','not_one_of':['a','b']} | 'b' | must not be one of: a, b",
                "{'type':'string','starts_with':'/'} | 'x' | should start with: /",
                "{'type':'string','match':'^[a-z]+$'} | 'X' | invalid value: X",
                "{'type':'string','match_none':[{'pattern':'^x','err':'no x'}]} | 'xy' | no x",
                "{'type':'string','match':'^a','err':'say a'} | 'b' | say a",
                "{'type':'string','eq':null} | 'b' | value must be null",
                "{'type':'string','eq':'a'} | 'b' | value must be a",
                "{'type':'string','uuid':true} | 'b' | expected a valid UUID",
                "{'type':'string','is_regex':true} | '(' | not a valid regex: (",
                "{'type':'string','match':'^a','referenceable':true} | '{vault://env/k}' | ok",
                "{'type':'string','match':'^a'} | '{vault://env/k}' | invalid value: {vault://env/k}",
                "{'type':'number'} | '5' | expected a number",
                "{'type':'number'} | 1e400 | expected a number",
                "{'type':'integer'} | '5' | expected an integer",
                "{'type':'integer'} | 5.5 | expected an integer",
                "{'type':'integer'} | 5.0 | ok",
                "{'type':'integer'} | 99999999999999999999 | expected an integer",
                "{'type':'integer','between':[0,5]} | 6 | value should be between 0 and 5",
                "{'type':'number','between':[0,1.5]} | 1.5 | ok",
                "{'type':'number','gt':0} | 0 | value must be greater than 0",
                "{'type':'integer','one_of':[301,302]} | 300 | expected one of: 301, 302",
                "{'type':'boolean'} | 'true' | expected a boolean",
                "{'type':'boolean','eq':false} | true | value must be false",
                "{'type':'array','elements':{'type':'string'}} | {} | expected an array",
                "{'type':'set','elements':{'type':'string'}} | 'a' | expected a set",
                "{'type':'array','len_min':1,'elements':{'type':'string'}} | [] | length must be at least 1",
                "{'type':'map','keys':{'type':'string'},'values':{'type':'string'}} | [] | expected a map",
                "{'type':'record','fields':[]} | 1 | expected a record",
                "{'type':'record','fields':[]} | null | required field missing",
                "{'type':'record','required':false,'fields':[]} | null | ok",
            })
    void saysWhatIsWrongWithOneValue(String spec, String value, String expected) {
        Schema schema = schema("{'fields':[{'f':" + spec + "}]}");

        List<Violation> found = SchemaValidator.validate(schema, object("{'f':" + value + "}"));

        assertThat(found)
                .extracting(violation -> violation.pointer() + ": " + violation.message())
                .isEqualTo(expected.equals("ok") ? List.of() : List.of("f: " + expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'array','elements':{'type':'string','one_of':['a']}} | ['a','b'] | f.2: expected one of: a",
                "{'type':'array','elements':{'type':'string'}} | [null] | f.1: expected a string",
                "{'type':'map','keys':{'type':'string'},'values':{'type':'integer'}} | {'k':'x'} | f.k: expected an integer",
                "{'type':'map','keys':{'type':'string','format':'header_name'},'values':{'type':'integer'}} | {'a b':1} | f.a b: bad header name 'a b', allowed characters are A-Z, a-z, 0-9, '_', and '-'",
                "{'type':'record','fields':[{'g':{'type':'string'}}]} | {'h':1} | f.h: unknown field",
                "{'type':'record','fields':[{'g':{'type':'string','required':true}}]} | {} | f.g: required field missing",
                "{'type':'foreign','reference':'services'} | {} | f.id: missing primary key",
                "{'type':'foreign','reference':'services'} | 'x' | f.id: missing primary key",
                "{'type':'foreign','reference':'services'} | {'name':'x'} | f.id: missing primary key",
                "{'type':'foreign','reference':'services'} | {'id':null} | f.id: required field missing",
                "{'type':'foreign','reference':'services'} | {'id':'x'} | f.id: expected a valid UUID",
            })
    void namesThePlace(String spec, String value, String expected) {
        Schema schema = schema("{'fields':[{'f':" + spec + "}]}");

        assertThat(SchemaValidator.validate(schema, object("{'f':" + value + "}")))
                .extracting(violation -> violation.pointer() + ": " + violation.message())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'at_least_one_of':['a','b']} | {} | @entity: at least one of these fields must be non-empty: 'a', 'b'",
                "{'at_least_one_of':['a','b']} | {'a':'','b':'x'} | a: length must be at least 1",
                "{'at_least_one_of':['a','b']} | {'a':''} | a: length must be at least 1; @entity: at least one of these fields must be non-empty: 'a', 'b'",
                "{'mutually_exclusive':['a','b']} | {'a':'','b':'x'} | a: length must be at least 1",
                "{'at_least_one_of':['a','r.x']} | {'r':{'x':'1'}} | ok",
                "{'only_one_of':['a','b']} | {'a':'1','b':'2'} | @entity: exactly one of these fields must be non-empty: 'a', 'b'",
                "{'mutually_exclusive':['a','b']} | {'a':'1','b':'2'} | @entity: only one or none of these fields must be set: 'a', 'b'",
                "{'mutually_required':['a','r.x']} | {'a':'1'} | @entity: all or none of these fields must be set: 'a', 'r.x'",
                "{'distinct':['a','b']} | {'a':'1','b':'1'} | @entity: values of these fields must be distinct: 'a', 'b'",
                "{'distinct':['a','b']} | {} | ok",
                "{'conditional':{'if_field':'a','if_match':{'one_of':['1','2']},'then_field':'b','then_match':{'eq':null}}} | {'a':'1','b':'x'} | b: value must be null; @entity: failed conditional validation given value of field 'a'",
                "{'conditional':{'if_field':'a','if_match':{'eq':'1'},'then_field':'b','then_match':{'required':true},'then_err':'need b'}} | {'a':'1'} | b: required field missing; @entity: need b",
                "{'conditional':{'if_field':'a','if_match':{'eq':'1'},'then_field':'b','then_match':{'required':true}}} | {'a':'2'} | ok",
                "{'conditional':{'if_field':'a','if_match':{'eq':'1'},'then_field':'b','then_match':{'one_of':['x']}}} | {'a':'1','b':5} | b: expected one of: x; @entity: failed conditional validation given value of field 'a'",
                "{'conditional':{'if_field':'a','if_match':{'eq':'1'},'then_field':'b','then_match':{'required':true}}} | {'a':'1','b':5} | b: expected a string; @entity: failed conditional validation given value of field 'a'",
                "{'conditional':{'if_field':'a','if_match':{'eq':1},'then_field':'b','then_match':{'required':true}}} | {'a':1} | a: expected a string",
                "{'conditional_at_least_one_of':{'if_field':'a','if_match':{'one_of':['1']},'then_at_least_one_of':['r.x'],'then_err':'must set %s for 1'}} | {'a':'1'} | @entity: must set 'r.x' for 1",
            })
    void checksFieldsTogether(String check, String value, String expected) {
        Schema schema =
                schema(
                        "{'fields':[{'a':{'type':'string'}},{'b':{'type':'string'}},"
                                + "{'r':{'type':'record','required':false,'fields':[{'x':{'type':'string'}}]}}],"
                                + "'entity_checks':["
                                + check
                                + "]}");

        String found =
                SchemaValidator.validate(schema, object(value)).stream()
                        .map(violation -> violation.pointer() + ": " + violation.message())
                        .reduce((one, two) -> one + "; " + two)
                        .orElse("ok");

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void asksNothingOfFieldsThatTheServerFills() {
        Schema schema =
                schema(
                        "{'fields':[{'id':{'type':'string','uuid':true,'auto':true,'required':true}}]}");

        assertThat(SchemaValidator.validate(schema, Json.object())).isEmpty();
    }

    @Test
    void putsTheErrorsOfANestedRecordAtThatRecord() {
        Schema schema =
                schema(
                        "{'fields':[{'c':{'type':'record','fields':[{'a':{'type':'string'}}],"
                                + "'entity_checks':[{'at_least_one_of':['a']}]}}]}");

        assertThat(SchemaValidator.validate(schema, object("{'c':{}}")))
                .containsExactly(
                        Violation.of(
                                "at least one of these fields must be non-empty: 'a'",
                                "c",
                                Violation.ENTITY));
    }

    static Schema schema(String json) {
        return Schema.parse("sample", object(json));
    }

    /// JSON with single quotes.
    static ObjectNode object(String json) {
        try {
            JsonNode node = Json.parse(json.replace('\'', '"'));
            return (ObjectNode) node;
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
