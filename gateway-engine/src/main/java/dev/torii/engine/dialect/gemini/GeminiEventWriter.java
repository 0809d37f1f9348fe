package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes `GenerateContentResponse`s. A call is written whole when all its arguments are there;
/// reasons to finish wait for the last response, so that the usage comes with them.
final class GeminiEventWriter implements EventWriter {

    private final LlmRequest request;
    private final GeminiFrames frames;
    private final Map<Integer, ChoiceState> choices = new TreeMap<>();

    private @Nullable String id;
    private @Nullable String model;
    private @Nullable TokenUsage usage;
    private boolean failed;

    /// What is open in one choice.
    private static final class ChoiceState {
        private final GeminiSealedParts seals = new GeminiSealedParts();
        private final StringBuilder arguments = new StringBuilder();
        private Opening open = new Opening.Text();
        private final ArrayNode sources = Json.array();
        private Finish finish = Finish.of(Finish.Kind.UNKNOWN);
    }

    GeminiEventWriter(LlmRequest request, GeminiFrames frames) {
        this.request = request;
        this.frames = frames;
    }

    @Override
    public void write(StreamEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case StreamEvent.Start(var itsId, var itsModel, var _) -> {
                id = itsId;
                model = itsModel == null ? request.model() : itsModel;
            }
            case StreamEvent.PartStart(var choice, var _, var opening) -> {
                ChoiceState state = state(choice);
                state.open = opening;
                state.arguments.setLength(0);
                if (opening instanceof Opening.Text || opening instanceof Opening.Image) {
                    parts(choice, state.seals.flush(), out);
                }
            }
            case StreamEvent.PartDelta(var choice, var _, var text) -> piece(choice, text, out);
            case StreamEvent.PartEnd(var choice, var _, var seal) -> {
                ChoiceState state = state(choice);
                switch (state.open) {
                    case Opening.Thinking _ -> parts(choice, state.seals.thoughtEnd(seal), out);
                    case Opening.ToolCall(var callId, var name, var custom) -> {
                        var call =
                                new Part.ToolCall(
                                        callId, name, state.arguments.toString(), custom, seal);
                        parts(choice, state.seals.call(call), out);
                    }
                    case Opening.Image(var source) ->
                            parts(choice, GeminiAnswerWriter.picture(source), out);
                    case Opening.Text _, Opening.Refusal _ -> {}
                }
            }
            case StreamEvent.Cited(var choice, var _, var citation) ->
                    GeminiAnswerWriter.cite(citation, state(choice).sources);
            case StreamEvent.Weighed _ -> {}
            case StreamEvent.Counted(var now) -> usage = now;
            case StreamEvent.Finished(var choice, var finish) -> {
                state(choice).finish = finish;
                parts(choice, state(choice).seals.flush(), out);
            }
            case StreamEvent.Failed(var error) -> {
                failed = true;
                frames.chunk(GeminiErrors.json(error), out);
            }
            case StreamEvent.Tick _ -> frames.tick(out);
            case StreamEvent.Ended _ -> end(out);
        }
    }

    @Override
    public String contentType() {
        return frames.contentType();
    }

    private ChoiceState state(int choice) {
        return choices.computeIfAbsent(choice, _ -> new ChoiceState());
    }

    private void piece(int choice, String text, ByteArrayOutputStream out) {
        ChoiceState state = state(choice);
        switch (state.open) {
            case Opening.Text _, Opening.Refusal _ ->
                    parts(choice, List.of(Json.object().put("text", text)), out);
            case Opening.Thinking _ -> parts(choice, List.of(GeminiSealedParts.thought(text)), out);
            case Opening.ToolCall _ -> state.arguments.append(text);
            case Opening.Image _ -> {}
        }
    }

    private void parts(int choice, List<ObjectNode> parts, ByteArrayOutputStream out) {
        if (parts.isEmpty()) {
            return;
        }
        ObjectNode response = Json.object();
        candidate(choice, parts, response.putArray("candidates"));
        frames.chunk(named(response), out);
    }

    private static ObjectNode candidate(int choice, List<ObjectNode> parts, ArrayNode candidates) {
        ObjectNode candidate = candidates.addObject();
        ObjectNode content = candidate.putObject("content");
        content.putArray("parts").addAll(parts);
        content.put("role", "model");
        return candidate.put("index", choice);
    }

    private ObjectNode named(ObjectNode response) {
        if (usage != null) {
            response.set("usageMetadata", GeminiUsage.json(usage));
        }
        GeminiAnswerWriter.name(response, model, id);
        return response;
    }

    private void end(ByteArrayOutputStream out) {
        if (!failed) {
            ObjectNode response = Json.object();
            ArrayNode candidates = response.putArray("candidates");
            choices.forEach((index, state) -> {
                ObjectNode last =
                        candidate(index, List.of(Json.object().put("text", "")), candidates);
                last.put("finishReason", GeminiFinish.word(state.finish));
                GeminiAnswerWriter.ground(last, state.sources);
            });
            frames.chunk(named(response), out);
        }
        frames.end(out);
    }
}
