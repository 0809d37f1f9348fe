package dev.torii.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.engine.dialect.bedrock.BedrockDialect;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.cohere.CohereDialect;
import dev.torii.engine.dialect.gemini.GeminiDialect;
import dev.torii.engine.dialect.ollama.OllamaDialect;
import dev.torii.engine.dialect.responses.ResponsesDialect;
import dev.torii.engine.dialect.tgi.LlamaDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How long an answer is to be, which both dialects of OpenAI say in words of their own.
class VerbosityTest {

    private static final String CHAT =
            "{\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],%s\"verbosity\":\"low\"}";
    private static final String RESPONSES =
            "{\"model\":\"gpt-5\",\"input\":\"q\",\"text\":{%s\"verbosity\":\"low\"}}";

    private final Losses losses = new Losses();

    private ObjectNode written(ClientDialect from, String body, ProviderDialect to)
            throws Exception {
        return to.writeRequest(from.readRequest((ObjectNode) Json.parse(body)), losses);
    }

    @Test
    void goesFromChatCompletionsToResponses() throws Exception {
        ObjectNode bare = written(new ChatDialect(), CHAT.formatted(""), new ResponsesDialect());
        assertThat(Json.text(bare.path("text"))).isEqualTo("{\"verbosity\":\"low\"}");
        String format = "\"response_format\":{\"type\":\"json_object\"},";
        ObjectNode both =
                written(new ChatDialect(), CHAT.formatted(format), new ResponsesDialect());
        assertThat(Json.text(both.path("text")))
                .isEqualTo("{\"format\":{\"type\":\"json_object\"},\"verbosity\":\"low\"}");
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void goesFromResponsesToChatCompletions() throws Exception {
        for (ChatProfile profile :
                List.of(ChatProfile.OPENAI, ChatProfile.AZURE, ChatProfile.OPENROUTER)) {
            ObjectNode body =
                    written(
                            new ResponsesDialect(),
                            RESPONSES.formatted("\"format\":{\"type\":\"text\"},"),
                            new ChatProviderDialect(profile));
            assertThat(body.path("verbosity").textValue()).isEqualTo("low");
        }
        assertThat(losses.all()).isEmpty();
    }

    @Test
    void staysWhereItWas() throws Exception {
        ObjectNode body =
                written(new ResponsesDialect(), RESPONSES.formatted(""), new ResponsesDialect());
        assertThat(Json.text(body.path("text"))).isEqualTo("{\"verbosity\":\"low\"}");
        ObjectNode chat =
                written(
                        new ChatDialect(),
                        CHAT.formatted(""),
                        new ChatProviderDialect(ChatProfile.OPENAI));
        assertThat(chat.path("verbosity").textValue()).isEqualTo("low");
        assertThat(losses.all()).isEmpty();
    }

    static List<ProviderDialect> without() {
        return List.of(
                new ChatProviderDialect(ChatProfile.COMPATIBLE),
                new AnthropicDialect(),
                new GeminiDialect(),
                new BedrockDialect(),
                new CohereDialect(),
                OllamaDialect.CHAT,
                new LlamaDialect());
    }

    @ParameterizedTest
    @MethodSource("without")
    void isCountedWhereItCannotBeSaid(ProviderDialect dialect) throws Exception {
        ObjectNode body = written(new ResponsesDialect(), RESPONSES.formatted(""), dialect);
        assertThat(Json.text(body)).doesNotContain("verbosity");
        assertThat(losses.all()).contains(new Loss(Loss.Action.DROPPED, "verbosity", 1));
    }
}
