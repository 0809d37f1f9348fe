package dev.torii.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a request's dialect is told.
class ClientDialectsTest {

    private static String found(String path, Map<String, String> headers, String body) {
        ClientDialects.@Nullable Spoken spoken =
                ClientDialects.installed()
                        .find(
                                path,
                                headers::get,
                                Json.parseObjectOrNull(
                                        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return spoken == null ? "nothing" : spoken.dialect().name() + " " + spoken.operation();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, openai CHAT",
        "/chat/chat/completions, openai CHAT",
        "/v1/v1/chat/completions/, openai CHAT",
        "/v1/completions, openai-completions COMPLETIONS",
        "/v1/embeddings, openai EMBEDDINGS",
        "/v1/models, openai MODELS",
        "/v1/models/org/name, openai MODELS",
        "/v1/images/generations, openai PASS",
        "/v1/audio/transcriptions, openai PASS",
        "/v1/responses, openai-responses CHAT",
        "/responses, openai-responses CHAT",
        "/v1/responses/input_tokens, openai-responses COUNT_TOKENS",
        "/v1/messages, anthropic CHAT",
        "/v1/messages/count_tokens, anthropic COUNT_TOKENS",
        "/v1beta/models/gemini-2.5-flash:generateContent, gemini CHAT",
        "/v1beta/models/gemini-2.5-flash:streamGenerateContent, gemini CHAT",
        "/v1beta/models/gemini-2.5-flash:countTokens, gemini COUNT_TOKENS",
        "/v1beta/models, gemini MODELS",
        "/elsewhere, nothing",
    })
    void tellsByThePath(String path, String expected) {
        assertThat(found(path, Map.of(), "{}")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic-version, anthropic CHAT",
        "anthropic-beta, anthropic CHAT",
        "x-goog-api-key, gemini CHAT",
        "x-goog-api-client, gemini CHAT",
        "accept, nothing",
    })
    void tellsByTheHeadersWhereThePathDoesNot(String header, String expected) {
        assertThat(found("/ask", Map.of(header, "x"), "{}")).isEqualTo(expected);
    }

    /// Two vendors have this path.
    @Test
    void tellsWhoseModelsAreAskedForByTheHeaders() {
        assertThat(found("/v1/models", Map.of("anthropic-version", "2023-06-01"), ""))
                .isEqualTo("anthropic MODELS");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'contents':[{'parts':[{'text':'q'}]}]}                              | gemini CHAT
                    {'input':'q','instructions':'i'}                                     | openai-responses CHAT
                    {'messages':[{'role':'user','content':'q'}]}                         | openai CHAT
                    {'system':'s','max_tokens':9,'messages':[{'role':'user','content':'q'}]} | anthropic CHAT
                    {'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t'}]}]} | anthropic CHAT
                    {'max_tokens':9,'messages':[{'role':'user','content':'q'}]}          | openai CHAT
                    {'prompt':'q'}                                                       | openai-completions COMPLETIONS
                    {'x':1}                                                              | nothing
                    """)
    void tellsByTheBodyWhereNothingElseDoes(String body, String expected) {
        assertThat(found("/ask", Map.of(), body)).isEqualTo(expected);
    }

    @Test
    void knowsNoOtherNames() {
        assertThat(ClientDialects.installed().named("anthropic").name()).isEqualTo("anthropic");
        assertThatThrownBy(() -> ClientDialects.installed().named("latin"))
                .hasMessage("no dialect is named latin");
    }
}
