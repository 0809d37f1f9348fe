package dev.torii.engine.dialect.tgi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.PlainText;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.List;

/// Hugging Face's text generation: a prompt goes in as it is, and what follows comes out. Source:
/// Hugging Face's "Inference Providers", "Text Generation", and the API of Text Generation
/// Inference.
public final class TextGenerationDialect implements ProviderDialect {

    public static final String NAME = "text-generation";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        losses.droppedIf(!request.tools().isEmpty(), "tools");
        List<String> texts = new ArrayList<>();
        for (Message message : request.messages()) {
            if (message.role() == Role.ASSISTANT || message.role() == Role.TOOL) {
                throw new UnsayableException(
                        "messages: a completion goes on from one prompt; ask for a chat instead");
            }
            texts.add(PlainText.of(message.parts(), losses));
        }
        ObjectNode json =
                TextGenerationWriter.json(String.join("\n", texts), request, NAME, losses);
        // Why the text ended is told only where it is asked for.
        json.withObjectProperty("parameters").put("return_full_text", false).put("details", true);
        return json;
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        return TextGenerationReader.read(
                TextGenerationReader.generation(body, "Invalid response format"));
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
