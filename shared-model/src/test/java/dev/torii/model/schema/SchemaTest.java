package dev.torii.model.schema;

import static dev.torii.model.schema.SchemaValidatorTest.object;
import static dev.torii.model.schema.SchemaValidatorTest.schema;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'fields':[{'f':{'type':'text'}}]} | /fields/0/f/type",
                "{'fields':[{'f':{'type':'string','len':3}}]} | /fields/0/f/len: unknown attribute",
                "{'fields':[{'f':{'type':'boolean','one_of':[]}}]} | /fields/0/f/one_of: unknown attribute",
                "{'fields':[{'f':{'type':'string','required':1}}]} | /fields/0/f/required: expected a boolean",
                "{'fields':[{'f':{'type':'string'}},{'f':{'type':'string'}}]} | /fields/1: 'f' is there twice",
                "{'fields':[{'f':{'type':'string','match':'('}}]} | /fields/0/f/match: not a valid regex",
                "{'fields':[{'f':{'type':'string','format':'x'}}]} | /fields/0/f/format: 'x' is no known format",
                "{'fields':[{'f':{'type':'array'}}]} | /fields/0/f/elements: required field missing",
                "{'fields':[{'f':{'type':'string','x_torii':{'titel':{}}}}]} | /fields/0/f/x_torii/titel: unknown attribute",
                "{'fields':[],'entity_checks':[{'some_of':['a']}]} | /entity_checks/0/some_of: unknown check",
                "{'fields':[],'more':1} | /more: unknown attribute",
                "{} | /fields: expected an array",
            })
    void refusesWhatItDoesNotKnow(String json, String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schema(json))
                .withMessageContaining("schema sample at " + place);
    }

    @Test
    void readsTheSchemaOfANewerEngineAsFarAsItGoes() {
        Schema schema =
                Schema.parseLeniently(
                        "sample",
                        object(
                                "{'fields':[{'f':{'type':'duration','shape':1}},{'g':{'type':'string','len':3}}],"
                                        + "'entity_checks':[{'some_of':['f']}],'more':1}"));

        assertThat(schema.fields().getFirst()).isInstanceOf(FieldSpec.Opaque.class);
        assertThat(SchemaValidator.validate(schema, object("{'f':[1],'g':'x'}"))).isEmpty();
        assertThat(schema.root().checks()).isEmpty();
    }

    @Test
    void readsHowAFormShowsAField() {
        FormHints hints =
                schema(
                                "{'fields':[{'f':{'type':'string','x_torii':{'title':{'en':'Name','ja':'名前'},"
                                        + "'group':'Main','advanced':true,'unit':'ms','suggestions':['a']}}}]}")
                        .fields()
                        .getFirst()
                        .traits()
                        .hints();

        assertThat(hints.title()).containsEntry("ja", "名前");
        assertThat(hints.group()).isEqualTo("Main");
        assertThat(hints.advanced()).isTrue();
        assertThat(hints.suggestions()).containsExactly("a");
    }

    @Test
    void anOverlayNarrowsFieldsOfTheSameName() {
        Schema base =
                schema(
                        "{'fields':[{'a':{'type':'string'}},{'config':{'type':'record','fields':[]}}]}");
        Schema own =
                schema(
                        "{'fields':[{'config':{'type':'record','fields':[{'x':{'type':'boolean'}}]}}]}");

        Schema both = base.overlaidBy(own);

        assertThat(both.fields()).extracting(FieldSpec::name).containsExactly("a", "config");
        assertThat(SchemaValidator.validate(both, object("{'config':{'x':1}}")))
                .containsExactly(Violation.of("expected a boolean", "config", "x"));
    }

    @Test
    void fillsDefaultsWithoutTouchingTheGivenValue() {
        Schema schema =
                schema(
                        "{'fields':[{'id':{'type':'string','auto':true}},"
                                + "{'n':{'type':'integer','default':5}},"
                                + "{'s':{'type':'set','elements':{'type':'string'}}},"
                                + "{'r':{'type':'record','fields':[{'x':{'type':'boolean','default':false}}]}},"
                                + "{'d':{'type':'record','default':{'y':2},'fields':[{'y':{'type':'integer','default':1}}]}},"
                                + "{'o':{'type':'record','required':false,'fields':[{'z':{'type':'integer','default':1}}]}},"
                                + "{'l':{'type':'array','elements':{'type':'record','fields':[{'role':{'type':'string','default':'system'}}]}}}]}");
        var given = object("{'s':['b','a','b'],'l':[{}],'extra':1,'n':7.0}");
        var before = given.deepCopy();

        assertThat(SchemaDefaults.fill(schema, given).toString())
                .isEqualTo(
                        object(
                                        "{'n':7,'s':['b','a'],'r':{'x':false},'d':{'y':2},'o':null,"
                                                + "'l':[{'role':'system'}],'extra':1}")
                                .toString());
        assertThat(given).isEqualTo(before);
        assertThat(SchemaDefaults.fill(schema, object("{'o':{},'r':null,'n':null}")))
                .isEqualTo(object("{'n':null,'s':null,'r':null,'d':{'y':2},'o':{'z':1},'l':null}"));
    }

    @Test
    void aPatchMergesRecordsAndReplacesTheRest() {
        Schema schema =
                schema(
                        "{'fields':[{'r':{'type':'record','fields':[{'x':{'type':'string'}},{'y':{'type':'string'}}]}},"
                                + "{'a':{'type':'array','elements':{'type':'string'}}},"
                                + "{'m':{'type':'map','keys':{'type':'string'},'values':{'type':'string'}}}]}");

        assertThat(
                        SchemaMerge.patch(
                                schema,
                                object("{'r':{'x':'1','y':'2'},'a':['1','2'],'m':{'k':'v'}}"),
                                object("{'r':{'y':null},'a':['3'],'m':{'j':'w'}}")))
                .isEqualTo(object("{'r':{'x':'1','y':null},'a':['3'],'m':{'j':'w'}}"));
    }

    @Test
    void masksAndPartsSecretsAndLeavesTheRest() {
        Schema schema =
                schema(
                        "{'fields':[{'k':{'type':'string','encrypted':true}},{'p':{'type':'string'}},"
                                + "{'m':{'type':'map','encrypted':true,'keys':{'type':'string'},'values':{'type':'string'}}},"
                                + "{'r':{'type':'record','fields':[{'l':{'type':'array','elements':{'type':'string','encrypted':true}}}]}}]}");
        var secret =
                object(
                        "{'k':'sk-1234567890','p':'plain','m':{'a~/b':'short'},'r':{'l':['{vault://env/x}',null]}}");

        assertThat(SchemaSecrets.mask(schema, secret))
                .isEqualTo(
                        object(
                                "{'k':'••••7890','p':'plain','m':{'a~/b':'••••'},'r':{'l':['{vault://env/x}',null]}}"));
        assertThat(secret.get("k").textValue()).isEqualTo("sk-1234567890");

        var parted = SchemaSecrets.part(schema, secret);
        assertThat(parted.open().toString()).doesNotContain("sk-", "short", "vault");
        assertThat(parted.toString()).doesNotContain("sk-", "short");
        assertThat(parted.whole()).isEqualTo(secret);
    }
}
