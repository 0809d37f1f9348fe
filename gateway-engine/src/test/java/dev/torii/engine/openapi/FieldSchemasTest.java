package dev.torii.engine.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.torii.engine.openapi.FieldSchemas.Use;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaDefaults;
import dev.torii.model.schema.SchemaValidator;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The same value asked of the validator and of the schema that is told of it.
class FieldSchemasTest {

    /// JSON is written with single quotes.
    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.parse(text.replace('\'', '"'));
        } catch (MalformedJsonException e) {
            throw new AssertionError(text, e);
        }
    }

    private static Schema schema(String fields, String checks) {
        return Schema.parse(
                "s", json("{'fields':[" + fields + "],'entity_checks':[" + checks + "]}"));
    }

    private static boolean told(Schema schema, Use use, JsonNode value) {
        ObjectNode told = new FieldSchemas(use).of(schema, Set.of());
        return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(told)
                .validate(
                        value,
                        context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
                .isEmpty();
    }

    private static boolean accepted(Schema schema, ObjectNode value) {
        return SchemaValidator.validate(schema, SchemaDefaults.fill(schema, value)).isEmpty();
    }

    private static void assertAlike(Schema schema, String value, boolean right) {
        assertThat(accepted(schema, json(value))).as("validator: " + value).isEqualTo(right);
        assertThat(told(schema, Use.WRITE, json(value))).as("told: " + value).isEqualTo(right);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'type':'string'|'a'|5",
                "'type':'string'|null|''",
                "'type':'string','required':true|'a'|null",
                "'type':'string','len_min':0|''|[]",
                "'type':'string','len_min':2,'len_max':3|'ab'|'a'",
                "'type':'string','len_min':2,'len_max':3|'abc'|'abcd'",
                "'type':'string','one_of':['a','b']|'b'|'c'",
                "'type':'string','one_of':['a','b']|null|''",
                "'type':'string','not_one_of':['a']|'b'|'a'",
                "'type':'string','match':'^[a-z]+$'|'abc'|'a1'",
                "'type':'string','match_none':[{'pattern':'x','err':'e'}]|'abc'|'axb'",
                "'type':'string','match_none':[{'pattern':'x','err':'e'}]|null|'x'",
                "'type':'string','starts_with':'/.'|'/.a'|'/a'",
                "'type':'string','uuid':true|'3c1f0a52-8f0e-4b9e-9d0a-6a1f2b7c4d5e'|'x'",
                "'type':'string','format':'utf8_name'|'a.b-c_d~é'|'a b'",
                "'type':'string','format':'utf8_name'|'Az09'|'a@b'",
                "'type':'string','format':'tag'|'a b:c'|'a,b'",
                "'type':'string','format':'header_name'|'X-a_1'|'X a'",
                "'type':'string','format':'http_method'|'GET'|'get'",
                "'type':'string','format':'path'|'/a'|'a'",
                "'type':'string','eq':'x'|'x'|'y'",
                "'type':'string','eq':'x'|'x'|null",
                "'type':'string','eq':null|null|'y'",
                "'type':'string','referenceable':true,'len_min':30|'{vault://env/x}'|'x'",
                "'type':'integer'|5|5.5",
                "'type':'integer','between':[1,3]|3|4",
                "'type':'integer','gt':0|1|0",
                "'type':'integer','one_of':[1,2]|2|3",
                "'type':'number'|5.5|'5'",
                "'type':'boolean'|true|'true'",
                "'type':'array','elements':{'type':'string'}|['a','a']|[null]",
                "'type':'array','len_min':1,'elements':{'type':'string'}|['a']|[]",
                "'type':'array','len_max':1,'elements':{'type':'string'}|['a']|['a','b']",
                "'type':'set','elements':{'type':'integer'}|[1,1]|{}",
                "'type':'map','keys':{'type':'string','match':'^x'},'values':{'type':'integer'}|{'x':1}|{'y':1}",
                "'type':'map','keys':{'type':'string'},'values':{'type':'integer'}|{}|{'y':'1'}",
                "'type':'record','fields':[{'b':{'type':'integer'}}]|{'b':1}|{'c':1}",
                "'type':'record','fields':[{'b':{'type':'integer','required':true}}]|{'b':1}|{}",
                "'type':'record','required':false,'fields':[{'b':{'type':'integer','required':true}}]|null|{}",
                "'type':'record','fields':[{'b':{'type':'integer'}}]|{}|null",
                "'type':'foreign','reference':'services'|{'id':'3c1f0a52-8f0e-4b9e-9d0a-6a1f2b7c4d5e'}|'x'",
            })
    void agreesWithTheValidator(String field, String right, String wrong) {
        Schema schema = schema("{'a':{" + field + "}}", "");

        assertAlike(schema, "{'a':" + right + "}", true);
        assertAlike(schema, "{'a':" + wrong + "}", false);
    }

    private static final String FIELDS =
            "{'p':{'type':'string','default':'http','one_of':['http','https']}},"
                    + "{'v':{'type':'boolean'}},{'w':{'type':'string'}},"
                    + "{'r':{'type':'record','fields':[{'k':{'type':'string','default':'none'}},{'h':{'type':'string'}}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'at_least_one_of':['v','w']}|{'w':'x'}|{}",
                "{'at_least_one_of':['v','w']}|{'v':false}|{'w':null}",
                "{'only_one_of':['v','w']}|{'w':'x'}|{'v':true,'w':'x'}",
                "{'mutually_exclusive':['v','w']}|{}|{'v':true,'w':'x'}",
                "{'mutually_exclusive':['v','w']}|{'v':true}|{'v':true,'w':'x'}",
                "{'mutually_required':['v','w']}|{}|{'v':true}",
                "{'mutually_required':['v','w']}|{'v':true,'w':'x'}|{'w':'x'}",
                "{'conditional':{'if_field':'p','if_match':{'not_one_of':['https']},'then_field':'v','then_match':{'eq':null}}}|{'p':'https','v':true}|{'v':true}",
                "{'conditional':{'if_field':'p','if_match':{'one_of':['http']},'then_field':'w','then_match':{'required':true}}}|{'w':'x'}|{}",
                "{'conditional':{'if_field':'r.k','if_match':{'eq':'header'},'then_field':'r.h','then_match':{'required':true}}}|{'r':{'k':'header','h':'x'}}|{'r':{'k':'header'}}",
                "{'conditional':{'if_field':'r.k','if_match':{'eq':'none'},'then_field':'r.h','then_match':{'eq':null}}}|{'r':{}}|{'r':{'h':'x'}}",
                "{'conditional':{'if_field':'p','if_match':{'ne':'http'},'then_field':'w','then_match':{'ne':null}}}|{}|{'p':'https'}",
                "{'conditional_at_least_one_of':{'if_field':'p','if_match':{'eq':'https'},'then_at_least_one_of':['v','w']}}|{}|{'p':'https'}",
            })
    void tellsRulesOverSeveralFields(String check, String right, String wrong) {
        Schema schema = schema(FIELDS, check);

        assertAlike(schema, right, true);
        assertAlike(schema, wrong, false);
    }

    @Test
    void asksNothingOfAChange() {
        Schema schema =
                schema("{'a':{'type':'string','required':true}}", "{'at_least_one_of':['a']}");

        assertThat(told(schema, Use.PATCH, json("{}"))).isTrue();
        assertThat(told(schema, Use.PATCH, json("{'a':null}"))).isFalse();
        assertThat(told(schema, Use.PATCH, json("{'b':1}"))).isFalse();
    }

    @Test
    void promisesEveryFieldOfWhatIsRead() {
        Schema schema = schema("{'a':{'type':'string'}}", "");

        assertThat(told(schema, Use.READ, json("{'a':null}"))).isTrue();
        assertThat(told(schema, Use.READ, json("{}"))).isFalse();
    }

    @Test
    void letsAShorthandStandForWhatMustBeSent() {
        Schema schema =
                Schema.parse(
                        "s",
                        json(
                                "{'fields':[{'host':{'type':'string','required':true}}],'shorthand_fields':[{'url':{'type':'string'}}]}"));

        assertThat(told(schema, Use.WRITE, json("{'url':'http://a'}"))).isTrue();
        assertThat(told(schema, Use.WRITE, json("{'host':'a'}"))).isTrue();
        assertThat(told(schema, Use.WRITE, json("{}"))).isFalse();
    }

    @Test
    void carriesTitlesDefaultsAndHintsAlong() {
        Schema schema =
                schema(
                        "{'a':{'type':'string','default':'d','unique':true,'deprecation':{'message':'m'},"
                                + "'x_torii':{'title':{'en':'T','ja':'題'},'help':{'en':'H'},'placeholder':'p'}}}",
                        "");

        JsonNode write = new FieldSchemas(Use.WRITE).of(schema, Set.of()).at("/properties/a");
        JsonNode read = new FieldSchemas(Use.READ).of(schema, Set.of()).at("/properties/a");

        assertThat(write.path("default").asText()).isEqualTo("d");
        assertThat(write.path("title").asText()).isEqualTo("T");
        assertThat(write.path("description").asText()).isEqualTo("H");
        assertThat(write.at("/examples/0").asText()).isEqualTo("p");
        assertThat(write.path("deprecated").asBoolean()).isTrue();
        assertThat(write.at("/x-kong/unique").asBoolean()).isTrue();
        assertThat(read.at("/x-torii/title/ja").asText()).isEqualTo("題");
    }
}
