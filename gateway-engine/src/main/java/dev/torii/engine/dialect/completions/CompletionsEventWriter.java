package dev.torii.engine.dialect.completions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.OpenAiErrors;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes `text_completion`s piece by piece. The usage comes last, and only to whoever asked for
/// it.
final class CompletionsEventWriter implements EventWriter {

    private final LlmRequest request;

    /// Choices whose open part is one that can be said.
    private final Set<Integer> saying = new HashSet<>();

    private String id = "";
    private @Nullable String model;
    private long created;
    private @Nullable TokenUsage usage;
    private boolean failed;

    CompletionsEventWriter(LlmRequest request) {
        this.request = request;
    }

    @Override
    public void write(StreamEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case StreamEvent.Start(var itsId, var itsModel, var at) -> {
                id = CompletionsAnswerWriter.id(itsId);
                model = itsModel;
                created = at;
            }
            case StreamEvent.PartStart(var choice, var _, var opening) -> {
                if (opening instanceof Opening.Text || opening instanceof Opening.Refusal) {
                    saying.add(choice);
                } else {
                    saying.remove(choice);
                }
            }
            case StreamEvent.PartDelta(var choice, var _, var text) -> {
                if (saying.contains(choice)) {
                    chunk(choice, text, null, out);
                }
            }
            case StreamEvent.PartEnd _, StreamEvent.Cited _, StreamEvent.Weighed _ -> {}
            case StreamEvent.Counted(var now) -> usage = now;
            case StreamEvent.Finished(var choice, var finish) ->
                    chunk(choice, "", CompletionsAnswerWriter.word(finish), out);
            case StreamEvent.Failed(var error) -> {
                failed = true;
                data(Json.text(OpenAiErrors.json(error)), out);
            }
            case StreamEvent.Tick _ -> text(": torii\n\n", out);
            case StreamEvent.Ended _ -> end(out);
        }
    }

    private void chunk(int index, String text, @Nullable String finish, ByteArrayOutputStream out) {
        ObjectNode chunk = CompletionsAnswerWriter.head(id, created, model, request);
        chunk.putArray("choices").add(CompletionsAnswerWriter.choice(index, text, finish));
        data(Json.text(chunk), out);
    }

    private void end(ByteArrayOutputStream out) {
        if (failed) {
            return;
        }
        if (usage != null && request.streamUsage()) {
            ObjectNode chunk = CompletionsAnswerWriter.head(id, created, model, request);
            chunk.putArray("choices");
            chunk.set("usage", CompletionsAnswerWriter.usage(usage));
            data(Json.text(chunk), out);
        }
        data("[DONE]", out);
    }

    private static void data(String json, ByteArrayOutputStream out) {
        text("data: " + json + "\n\n", out);
    }

    private static void text(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(UTF_8));
    }
}
