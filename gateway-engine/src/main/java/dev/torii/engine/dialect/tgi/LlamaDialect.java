package dev.torii.engine.dialect.tgi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// A Llama 2 behind a server that only goes on from a text: the conversation is written with the
/// model's own marks. Source: Meta's "Llama 2", `llama/generation.py`.
public final class LlamaDialect implements ProviderDialect {

    public static final String NAME = "llama2";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        String prompt = new LlamaPrompt(losses).of(request);
        ObjectNode json = TextGenerationWriter.json(prompt, request, NAME, losses);
        if (request.stream()) {
            // Servers look for it in one of two places.
            json.withObjectProperty("parameters").put("stream", true);
        }
        return json;
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        return TextGenerationReader.read(
                TextGenerationReader.generation(
                        body, "cannot parse response from llama2 endpoint"));
    }

    @Override
    public EventReader reader() {
        return new TextGenerationEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return TextGenerationErrors.read(status, body);
    }
}
