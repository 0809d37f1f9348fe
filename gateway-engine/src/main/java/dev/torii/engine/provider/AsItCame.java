package dev.torii.engine.provider;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A call about images, audio, files and the like: its bytes pass, and so do those of its answer,
/// whose usage is read where there is one. Only the model is the gateway's, where JSON names it.
final class AsItCame implements OneCallCodec {

    /// Calls that a model answers, and that may be made without naming one.
    private static final Pattern GENERATES =
            Pattern.compile("/(?:images|audio|moderations)(?:/.*)?");

    @Override
    public byte[] encodeRequest(LlmCall call) {
        ObjectNode body = call.request().json();
        String model = call.target().model();
        if (body != null
                && model != null
                && call.client().dialect().vendor().equals("openai")
                && (body.has("model") || GENERATES.matcher(call.client().path()).matches())) {
            call.request().decide("model", Decided.json(model));
        }
        return call.request().bytes();
    }

    @Override
    public byte[] decodeAnswer(LlmCall call, byte[] body) {
        ObjectNode answer = Json.parseObjectOrNull(body);
        TokenUsage usage = answer == null ? null : usage(answer);
        if (usage != null) {
            call.usage(usage);
        }
        if (call.logPayloads()) {
            call.answerBody(body);
        }
        return body;
    }

    /// OpenAI counts input and output here, Google the prompt. Transcripts may be counted in
    /// seconds, which are no tokens.
    private static @Nullable TokenUsage usage(ObjectNode answer) {
        Long input = Fields.wide(answer.path("usage"), "input_tokens");
        Long output = Fields.wide(answer.path("usage"), "output_tokens");
        if (input == null) {
            input = Fields.wide(answer.path("usageMetadata"), "promptTokenCount");
        }
        return input == null
                ? null
                : new TokenUsage(
                        input, 0, 0, output == null ? 0 : output, 0, TokenUsage.Source.FINAL);
    }

    @Override
    public boolean streams(LlmCall call, String contentType) {
        return false;
    }

    @Override
    public AnswerStream stream(LlmCall call, String contentType) {
        throw new IllegalStateException("streams pass as they are here");
    }
}
