package dev.torii.desktop.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FormModelTest {

    private static final String STORED =
            """
            {"id":"5b4d3a3e-0000-4000-8000-000000000001","name":"all-kinds",
             "config":{"provider":"openai",
                       "auth":{"header_name":"Authorization","header_value":"Bearer sk-abcdefgh3fQA"}}}
            """;

    private static final FieldPath TEMPERATURE = FieldPath.parse("config.temperature");
    private static final FieldPath HEADER_VALUE = FieldPath.parse("config.auth.header_value");

    private final FormModel model = SampleSchema.model(STORED);

    @Test
    void startsCleanAndWithDefaults() {
        assertThat(model.marks().dirty()).isFalse();
        assertThat(model.get(FieldPath.parse("config.timeout"))).isEqualTo(IntNode.valueOf(60000));
        assertThat(model.get(FieldPath.of("id")).isNull()).isTrue();
        assertThat(model.ready()).isTrue();
    }

    @Test
    void countsTheInnermostFieldsThatChanged() {
        model.set(TEMPERATURE, DoubleNode.valueOf(0.7));
        model.set(FieldPath.parse("config.stream"), BooleanNode.TRUE);

        assertThat(model.marks().changed())
                .extracting(FieldPath::pointer)
                .containsExactly("config.temperature", "config.stream");
        assertThat(model.marks().changed(FieldPath.of("config"))).isTrue();
        assertThat(model.marks().changed(HEADER_VALUE)).isFalse();
    }

    @Test
    void isCleanAgainWhenAFieldHasItsOldValueBack() {
        model.set(TEMPERATURE, DoubleNode.valueOf(0.7));
        model.set(TEMPERATURE, NullNode.getInstance());

        assertThat(model.marks().dirty()).isFalse();
    }

    @Test
    void sendsOnlyWhatChanged() {
        model.set(TEMPERATURE, DoubleNode.valueOf(0.7));
        model.set(FieldPath.parse("config.auth.header_name"), TextNode.valueOf("x-key"));

        assertThat(model.patch())
                .hasToString(
                        """
                        {"config":{"temperature":0.7,"auth":{"header_name":"x-key"}}}\
                        """);
    }

    @Test
    void saysNothingAboutFieldsNobodyTouched() {
        FormModel empty = SampleSchema.model("{}");
        assertThat(empty.marks().problems()).isEmpty();

        empty.touch(FieldPath.of("name"));
        assertThat(empty.marks().problems())
                .extracting(each -> each.path().pointer())
                .containsExactly("name");

        assertThat(empty.ready()).isFalse();
        assertThat(empty.marks().problems())
                .extracting(each -> each.path().pointer())
                .contains("name", "config.provider");
    }

    @Test
    void checksWhileTypingInTheEnginesWords() {
        model.set(TEMPERATURE, IntNode.valueOf(7));

        assertThat(model.marks().problem(TEMPERATURE))
                .isEqualTo(
                        new Problem(
                                TEMPERATURE,
                                "value should be between 0 and 5",
                                Problem.Source.RULE));
        assertThat(model.marks().toFix()).isEqualTo(1);
        assertThat(model.marks().faulty(FieldPath.of("config"))).isTrue();
    }

    @Test
    void showsARuleOverSeveralFieldsAtEachOfThemOnceAllWereVisited() {
        model.set(FieldPath.parse("config.auth.header_name"), NullNode.getInstance());
        assertThat(model.marks().problems()).isEmpty();

        model.touch(FieldPath.parse("config.auth.header_value"));

        assertThat(model.marks().problems())
                .extracting(each -> each.path().pointer())
                .contains("config.auth.header_name", "config.auth.header_value");
    }

    @Test
    void opensANullRecordWhenAFieldInItIsFilledAndClosesItWhenEmptied() {
        FormModel fresh =
                SampleSchema.model("{\"name\":\"x\",\"config\":{\"provider\":\"openai\"}}");
        assertThat(fresh.get(FieldPath.parse("config.auth")).isNull()).isTrue();

        fresh.set(HEADER_VALUE, TextNode.valueOf("key"));
        assertThat(fresh.get(FieldPath.parse("config.auth.override"))).isEqualTo(BooleanNode.FALSE);
        assertThat(fresh.marks().changed())
                .extracting(FieldPath::pointer)
                .containsExactly("config.auth.header_value");

        fresh.set(HEADER_VALUE, NullNode.getInstance());
        assertThat(fresh.get(FieldPath.parse("config.auth")).isNull()).isTrue();
        assertThat(fresh.marks().dirty()).isFalse();
    }

    @Test
    void showsWhatTheEngineRefusedAtItsFieldUntilItIsChanged() {
        model.refused(
                List.of(Violation.of("no such model", "config", "model")), Problem.Source.ENGINE);
        assertThat(model.marks().problem(FieldPath.parse("config.model")))
                .isEqualTo(
                        new Problem(
                                FieldPath.parse("config.model"),
                                "no such model",
                                Problem.Source.ENGINE));

        model.set(FieldPath.parse("config.model"), TextNode.valueOf("gpt-4o-mini"));
        assertThat(model.marks().problems()).isEmpty();
    }

    @Test
    void theTextHoldsOnlyWhatDiffersFromTheDefaultsAndMasksSecrets() {
        assertThat(SampleSchema.object(model.json()))
                .isEqualTo(
                        SampleSchema.object(
                                """
                                {"name":"all-kinds","config":{"provider":"openai",
                                 "auth":{"header_name":"Authorization","header_value":"••••3fQA"}}}
                                """));
        assertThat(model.json()).doesNotContain("abcdefgh");
    }

    @Test
    void anEditedTextBecomesTheValueAndItsMaskKeepsTheSecret() {
        model.edit(model.json().replace("openai", "anthropic"));

        assertThat(model.get(FieldPath.parse("config.provider")).asText()).isEqualTo("anthropic");
        assertThat(model.get(HEADER_VALUE).asText()).isEqualTo("Bearer sk-abcdefgh3fQA");
        assertThat(model.marks().changed())
                .extracting(FieldPath::pointer)
                .containsExactly("config.provider");
    }

    @Test
    void aSecretTypedIntoTheTextIsANewOne() {
        model.edit(model.json().replace("••••3fQA", "Bearer sk-new"));

        assertThat(model.patch())
                .isEqualTo(
                        SampleSchema.object(
                                """
                                {"config":{"auth":{"header_value":"Bearer sk-new"}}}
                                """));
    }

    @Test
    void aBrokenTextIsToldWithItsPlaceAndLeavesTheValue() {
        model.edit("{\"name\":\n oops}");

        assertThat(model.marks().unreadable())
                .extracting(MalformedJsonException::line)
                .isEqualTo(2);
        assertThat(model.get(FieldPath.of("name")).asText()).isEqualTo("all-kinds");
        assertThat(model.ready()).isFalse();

        model.edit(model.json());
        assertThat(model.marks().unreadable()).isNull();
        assertThat(model.marks().dirty()).isFalse();
    }

    @Test
    void documentedSettingsMayBePastedWithoutTheConfigAroundThem() {
        model.edit("{\"provider\":\"gemini\",\"temperature\":1}");

        assertThat(model.get(FieldPath.parse("config.provider")).asText()).isEqualTo("gemini");
        assertThat(model.get(FieldPath.of("name")).asText()).isEqualTo("all-kinds");
    }

    @Test
    void keepsKeysThatTheSchemaDoesNotKnow() {
        FormModel newer =
                SampleSchema.model(
                        "{\"name\":\"x\",\"config\":{\"provider\":\"openai\",\"new\":1}}");

        assertThat(newer.json()).contains("\"new\": 1");
        assertThat(newer.whole().path("config").path("new").asInt()).isEqualTo(1);
    }

    @Test
    void undoTakesBackFieldByFieldAndRedoBringsBack() {
        model.set(TEMPERATURE, DoubleNode.valueOf(0.7));
        model.set(TEMPERATURE, DoubleNode.valueOf(0.8));
        model.set(FieldPath.parse("config.stream"), BooleanNode.TRUE);

        assertThat(model.undo()).isTrue();
        assertThat(model.marks().changed()).containsExactly(TEMPERATURE);
        assertThat(model.undo()).isTrue();
        assertThat(model.marks().dirty()).isFalse();
        assertThat(model.undo()).isFalse();
        assertThat(model.redo()).isTrue();
        assertThat(model.get(TEMPERATURE)).isEqualTo(DoubleNode.valueOf(0.8));
    }

    @Test
    void revertGoesBackToWhatIsStoredAndCanBeUndone() {
        model.set(TEMPERATURE, IntNode.valueOf(7));
        model.revert();

        assertThat(model.marks().dirty()).isFalse();
        assertThat(model.marks().problems()).isEmpty();
        model.undo();
        assertThat(model.get(TEMPERATURE)).isEqualTo(IntNode.valueOf(7));
    }

    @Test
    void tellsOfAChangeToAFieldThatHadChangedBefore() {
        model.set(TEMPERATURE, IntNode.valueOf(1));
        var seen = new ArrayList<String>();
        model.marksProperty().addListener((_, _, _) -> seen.add(model.json()));

        model.set(TEMPERATURE, IntNode.valueOf(2));

        assertThat(seen).isNotEmpty().allMatch(text -> text.contains("\"temperature\": 2"));
    }

    @Test
    void tellsControlsToShowAnewOnlyWhenTheValueChangedElsewhere() {
        int before = model.reloadsProperty().get();
        model.set(TEMPERATURE, IntNode.valueOf(1));
        assertThat(model.reloadsProperty().get()).isEqualTo(before);

        model.revert();
        assertThat(model.reloadsProperty().get()).isGreaterThan(before);
    }
}
