package dev.torii.desktop.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.FieldSpec.Sequence;
import dev.torii.model.schema.FieldSpec.Struct;
import dev.torii.model.schema.Schema;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordSummaryTest {

    private static final Struct TARGET = target();

    private static Struct target() {
        Schema schema =
                Schema.load(
                        "ai-models",
                        RecordSummaryTest.class,
                        "/dev/torii/desktop/entity/ai-models.json");
        Struct config = (Struct) Objects.requireNonNull(schema.root().field("config"));
        return (Struct) ((Sequence) Objects.requireNonNull(config.field("targets"))).element();
    }

    private static RecordSummary summary(String json) throws MalformedJsonException {
        JsonNode value = Json.parse(json);
        return RecordSummary.of(TARGET, value);
    }

    @Test
    void saysWhatIsChosenInARecordWithinAndTheListBesideIt() throws Exception {
        RecordSummary said =
                summary(
                        """
                        {"prefix":null,"models":["a","b"],
                         "model":{"provider":"llama2","options":{"llama2_format":"raw"}},
                         "auth":{"header_name":"x-api-key","param_location":"query"}}
                        """);

        assertThat(said.choices()).containsExactly("llama2");
        assertThat(said.text()).isEqualTo("a, b");
    }

    @Test
    void prefersATextToAList() throws Exception {
        assertThat(summary("{\"prefix\":\"work\",\"models\":[\"a\"]}").text()).isEqualTo("work");
    }

    @Test
    void isEmptyWhereNothingIs() throws Exception {
        assertThat(
                        summary("{\"prefix\":null,\"models\":[],\"model\":{\"provider\":null}}")
                                .isEmpty())
                .isTrue();
    }
}
