package dev.torii.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialects;
import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Holds what is counted here against what providers counted.
class RecordedTokensTest {

    /// What providers add that a request does not show.
    private static final Map<String, String> ADDED =
            Map.of(
                    "anthropic/messages/redacted-thinking-stream", "the text is a code word",
                    "anthropic/messages/refusal-stream", "the text is a code word",
                    "anthropic/messages/structured-output",
                            "told the schema in a prompt of its own",
                    "gemini/generate/thought-signature-tool-call", "this model tells more of tools",
                    "gemini/generate/thought-signature-tool-result", "and reads what it thought",
                    "openai/chat/json-schema", "told the schema in a prompt of its own",
                    "openai/responses/json-schema", "told the schema in a prompt of its own");

    // Row 39.
    @TestFactory
    Stream<DynamicTest> anEstimateIsNearWhatAnthropicCounted() throws IOException {
        return near("anthropic", "anthropic");
    }

    // Row 39.
    @TestFactory
    Stream<DynamicTest> anEstimateIsNearWhatGoogleCounted() throws IOException {
        return Stream.concat(
                Stream.concat(
                        near("gemini/generate", "gemini"), near("gemini/count_tokens", "gemini")),
                near("gemini/vertex-generate", "gemini"));
    }

    // Row 39.
    @TestFactory
    Stream<DynamicTest> anEstimateIsNearWhatOpenAiCounted() throws IOException {
        return Stream.concat(
                near("openai/chat", "openai"), near("openai/responses", "openai-responses"));
    }

    private static Stream<DynamicTest> near(String folder, String dialect) throws IOException {
        return Recordings.each(folder, recording -> near(recording, dialect));
    }

    private static void near(Recording recording, String dialect) throws UnsayableException {
        long counted = counted(recording);
        if (counted == 0 || ADDED.containsKey(recording.name())) {
            return;
        }
        ObjectNode body = recording.request();
        if (body.get("generateContentRequest") instanceof ObjectNode inner) {
            body = inner;
        }
        LlmRequest request = ClientDialects.installed().named(dialect).readRequest(body);
        if (!onlyTexts(request)) {
            return;
        }

        long estimate = TokenEstimator.count(model(recording), request);

        // Of a few tokens, two are more than any percentage.
        assertThat(estimate).isCloseTo(counted, within(Math.max(2, Math.round(counted * 0.15))));
    }

    private static String model(Recording recording) {
        Matcher path = Pattern.compile("/models/([^:/]+)").matcher(recording.path());
        return path.find() ? path.group(1) : recording.request().path("model").asText();
    }

    private static boolean onlyTexts(LlmRequest request) {
        return request.tools().stream().noneMatch(Tool.Server.class::isInstance)
                && request.messages().stream()
                        .flatMap(message -> message.parts().stream())
                        .noneMatch(part ->
                                part instanceof Part.Image
                                        || part instanceof Part.Audio
                                        || part instanceof Part.Document);
    }

    /// 0 where nothing was counted. Of a stream the largest is the last.
    private static long counted(Recording recording) {
        if (recording.status() != 200) {
            return 0;
        }
        String answer = new String(recording.body(), StandardCharsets.UTF_8);
        return most(answer, "prompt_tokens|promptTokenCount|totalTokens|input_tokens")
                + most(answer, "cache_read_input_tokens")
                + most(answer, "cache_creation_input_tokens");
    }

    private static long most(String answer, String fields) {
        return Pattern.compile("\"(?:" + fields + ")\"\\s*:\\s*(\\d+)")
                .matcher(answer)
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .max()
                .orElse(0);
    }
}
