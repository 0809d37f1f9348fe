package dev.torii.engine.dialect.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.TokenUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bedrock's whole answers and refusals.
class BedrockAnswerTest {

    private static LlmAnswer read(String content, String reason) throws Exception {
        return new BedrockDialect()
                .readAnswer(
                        """
                        {"metrics":{"latencyMs":1},"output":{"message":{"role":"assistant","content":[%s]}},
                         "stopReason":"%s","usage":{"inputTokens":3,"outputTokens":550,"totalTokens":12857,
                          "cacheReadInputTokens":0,"cacheWriteInputTokens":12304}}\
                        """
                                .formatted(content, reason)
                                .getBytes(UTF_8));
    }

    @Test
    void readsWhatAModelSays() throws Exception {
        LlmAnswer answer =
                read(
                        """
                        {"reasoningContent":{"reasoningText":{"text":"hm é","signature":"c2ln/+=="}}},
                        {"reasoningContent":{"redactedContent":"ZW5j"}},
                        {"text":"はい"},
                        {"citationsContent":{"content":[{"text":"see"}],"citations":[
                          {"title":"A","location":{"web":{"url":"https://a.example"}}},
                          {"title":"B","location":{"documentPage":{"start":1}}}]}},
                        {"toolUse":{"toolUseId":"tooluse_1","name":"f","input":{"b":1.50,"a":"é"},"type":"tool_use"}},
                        {"toolUse":{"toolUseId":"s","name":"nova_grounding","input":{},"type":"server_tool_use"}},
                        {"image":{"format":"png","source":{"bytes":"iVBORw0KGgo="}}}\
                        """,
                        "tool_use");
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(3, 0, 12304, 550, 0, TokenUsage.Source.FINAL));
        LlmAnswer.Choice choice = answer.choices().getFirst();
        assertThat(choice.finish()).isEqualTo(Finish.of(Finish.Kind.TOOL_CALLS));
        assertThat(choice.parts()).hasSize(7);
        assertThat(choice.parts().subList(0, 3))
                .containsExactly(
                        new Part.Thinking(
                                "hm é",
                                false,
                                new Seal(Seal.Kind.SIGNATURE, "bedrock", "c2ln/+==")),
                        new Part.Thinking(
                                "", false, new Seal(Seal.Kind.ENCRYPTED, "bedrock", "ZW5j")),
                        new Part.Text("はい"));
        Part.Text cited = (Part.Text) choice.parts().get(3);
        assertThat(cited.text()).isEqualTo("see");
        assertThat(cited.annotations())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.at("/url_citation/url").textValue())
                                .isEqualTo("https://a.example"));
        assertThat(choice.parts().get(4))
                .isEqualTo(
                        new Part.ToolCall(
                                "tooluse_1", "f", "{\"b\":1.50,\"a\":\"é\"}", false, null));
        assertThat(choice.parts().subList(5, 7)).allMatch(Part.Opaque.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "end_turn,STOP",
        "stop_sequence,STOP_SEQUENCE",
        "max_tokens,LENGTH",
        "model_context_window_exceeded,CONTEXT_FULL",
        "tool_use,TOOL_CALLS",
        "guardrail_intervened,CONTENT_FILTER",
        "content_filtered,CONTENT_FILTER",
        "malformed_model_output,ERROR",
        "malformed_tool_use,ERROR",
        "something_new,UNKNOWN"
    })
    void readsWhyAnAnswerEnded(String reason, Finish.Kind kind) throws Exception {
        assertThat(read("{\"text\":\"x\"}", reason).choices().getFirst().finish())
                .isEqualTo(Finish.of(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "[]", "{\"output\":{}}", "", "{\"message\":\"x\"}"})
    void refusesWhatIsNoAnswer(String body) {
        assertThatThrownBy(() -> new BedrockDialect().readAnswer(body.getBytes(UTF_8)))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessage(
                        "no generation candidates received from Bedrock, or max_tokens too short");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | ValidationException:http://internal.amazon.com/coral/com.amazon.bedrock/ | {\"message\":\"The model returned the following errors: Input Tokens Exceeded: x\"} | CONTEXT | ValidationException | The model returned the following errors: Input Tokens Exceeded: x",
                "400 | ValidationException | {\"message\":\"Input is too long for requested model.\"} | CONTEXT | ValidationException | Input is too long for requested model.",
                "400 | ValidationException | {\"message\":\"input length and `max_tokens` exceed context limit: 9 + 8 > 10\"} | CONTEXT | ValidationException | input length and `max_tokens` exceed context limit: 9 + 8 > 10",
                "400 | ValidationException | {\"message\":\"bad\"} | INVALID | ValidationException | bad",
                "401 | | {\"Message\":\"who are you\"} | AUTH | | who are you",
                "403 | UnrecognizedClientException:http://internal.amazon.com/coral/com.amazon.coral.service/ | {\"message\":\"token\"} | AUTH | UnrecognizedClientException | token",
                "403 | ExpiredTokenException:http://internal.amazon.com/coral/x#y/ | {\"message\":\"token\"} | AUTH | ExpiredTokenException | token",
                "403 | ExpiredTokenException | {\"message\":\"token\"} | AUTH | ExpiredTokenException | token",
                "403 | AccessDeniedException | {\"message\":\"no access to the model\"} | PERMISSION | AccessDeniedException | no access to the model",
                "403 | | {\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":\"no\"} | PERMISSION | AccessDeniedException | no",
                "404 | ResourceNotFoundException | {\"message\":\"no model\"} | NOT_FOUND | ResourceNotFoundException | no model",
                "404 | | {\"Output\":{}} | NOT_FOUND | | the provider answered 404 and gave no reason",
                "408 | ModelTimeoutException | {\"message\":\"late\"} | TIMEOUT | ModelTimeoutException | late",
                "424 | ModelErrorException | {\"message\":\"oops\"} | SERVER | ModelErrorException | oops",
                "429 | ThrottlingException | {\"message\":\"Too many tokens, please wait\"} | RATE_LIMIT | ThrottlingException | Too many tokens, please wait",
                "429 | ModelNotReadyException | {\"message\":\"soon\"} | OVERLOADED | ModelNotReadyException | soon",
                "400 | ServiceQuotaExceededException | {\"message\":\"quota\"} | QUOTA | ServiceQuotaExceededException | quota",
                "500 | InternalServerException | {\"message\":\"oops\"} | SERVER | InternalServerException | oops",
                "503 | ServiceUnavailableException | {\"message\":\"later\"} | OVERLOADED | ServiceUnavailableException | later",
                "502 | | <html>Bad gateway</html> | SERVER | | the provider answered 502 and gave no reason",
                "503 | | try later | OVERLOADED | | try later"
            })
    void readsRefusals(
            int status, String type, String body, LlmError.Kind kind, String code, String message) {
        LlmError error =
                new BedrockDialect()
                        .readError(
                                status,
                                name -> name.equals("x-amzn-errortype") ? type : null,
                                body.getBytes(UTF_8));
        assertThat(error).isEqualTo(new LlmError(kind, status, message, code, null));
    }

    @Test
    void goesByTheStatusWhereThereAreNoHeaders() {
        assertThat(new BedrockDialect().readError(429, "{\"message\":\"slow\"}".getBytes(UTF_8)))
                .isEqualTo(new LlmError(LlmError.Kind.RATE_LIMIT, 429, "slow", null, null));
    }
}
