package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.OpenAiErrors;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes `chat.completion.chunk`s. The first chunk of a choice has its role; tools are counted on
/// their own, whatever stands between them; the usage comes last, and only to whoever asked for it.
final class ChatEventWriter implements EventWriter {

    private final LlmRequest request;
    private final Map<Integer, ChoiceState> choices = new HashMap<>();

    private String id = "";
    private @Nullable String model;
    private long created;
    private @Nullable TokenUsage usage;
    private boolean failed;

    /// What has been written of one choice.
    private static final class ChoiceState {
        private int tools = -1;
        private int details;
        private int pictures;
        private Opening open = new Opening.Text();
        private final StringBuilder thought = new StringBuilder();

        /// How much text there is, and how much of it stands before the open one.
        private int said;

        private int before;

        /// All at once, since some clients keep but the last chunk's.
        private final ArrayNode citations = Json.array();

        /// Tokens that the next chunk tells of.
        private final List<ObjectNode> tokens = new ArrayList<>();
    }

    ChatEventWriter(LlmRequest request) {
        this.request = request;
    }

    @Override
    public void write(StreamEvent event, ByteArrayOutputStream out) {
        switch (event) {
            case StreamEvent.Start(var itsId, var itsModel, var at) -> {
                id = ChatIds.of(itsId);
                model = ChatAnswerWriter.model(itsModel, request);
                created = at;
                choice(0, out);
            }
            case StreamEvent.PartStart(var choice, var _, var opening) ->
                    start(choice, opening, out);
            case StreamEvent.PartDelta(var choice, var _, var text) -> piece(choice, text, out);
            case StreamEvent.PartEnd(var choice, var _, var seal) -> {
                ChoiceState state = choice(choice, out);
                ObjectNode detail =
                        ChatThinking.detail(state.thought.toString(), seal, state.details);
                if (detail != null && state.open instanceof Opening.Thinking) {
                    state.details++;
                    ObjectNode delta = Json.object();
                    delta.putArray(ChatThinking.DETAILS).add(detail);
                    chunk(choice, delta, null, out);
                }
            }
            case StreamEvent.Counted(var now) -> usage = now;
            case StreamEvent.Cited(var choice, var _, var citation) -> {
                ChoiceState state = choice(choice, out);
                state.citations.add(ChatCitations.moved(citation, state.before));
            }
            case StreamEvent.Weighed(var choice, var _, var tokens) ->
                    choice(choice, out).tokens.addAll(tokens);
            case StreamEvent.Finished(var choice, var finish) -> {
                cite(choice, out);
                chunk(choice, Json.object(), ChatFinish.word(finish), out);
            }
            case StreamEvent.Failed(var error) -> {
                failed = true;
                data(Json.text(OpenAiErrors.json(error)), out);
            }
            case StreamEvent.Tick _ -> text(": torii\n\n", out);
            case StreamEvent.Ended _ -> end(out);
        }
    }

    private ChoiceState choice(int index, ByteArrayOutputStream out) {
        ChoiceState present = choices.get(index);
        if (present != null) {
            return present;
        }
        var state = new ChoiceState();
        choices.put(index, state);
        chunk(index, Json.object().put("role", "assistant").put("content", ""), null, out);
        return state;
    }

    private void start(int index, Opening opening, ByteArrayOutputStream out) {
        ChoiceState state = choice(index, out);
        state.open = opening;
        state.thought.setLength(0);
        state.before = state.said;
        if (opening instanceof Opening.ToolCall(var callId, var name, var custom)) {
            state.tools++;
            ObjectNode call = Json.object().put("index", state.tools).put("id", callId);
            call.put("type", custom ? "custom" : "function");
            call.putObject(custom ? "custom" : "function")
                    .put("name", name)
                    .put(custom ? "input" : "arguments", "");
            chunk(index, calls(call), null, out);
        }
        if (opening instanceof Opening.Image(var source)) {
            show(index, ChatPictures.json(source, state.pictures++), out);
        }
    }

    private void show(int index, @Nullable ObjectNode picture, ByteArrayOutputStream out) {
        if (picture != null) {
            ObjectNode delta = Json.object();
            delta.putArray(ChatPictures.FIELD).add(picture);
            chunk(index, delta, null, out);
        }
    }

    private void piece(int index, String text, ByteArrayOutputStream out) {
        ChoiceState state = choice(index, out);
        ObjectNode delta =
                switch (state.open) {
                    case Opening.Text _ -> {
                        state.said += ChatCitations.length(text);
                        yield Json.object().put("content", text);
                    }
                    case Opening.Refusal _ -> Json.object().put("refusal", text);
                    case Opening.Thinking _ -> {
                        state.thought.append(text);
                        yield Json.object().put(ChatThinking.TEXT, text);
                    }
                    case Opening.Image _ -> Json.object();
                    case Opening.ToolCall(var _, var _, var custom) -> {
                        ObjectNode call = Json.object().put("index", state.tools);
                        call.putObject(custom ? "custom" : "function")
                                .put(custom ? "input" : "arguments", text);
                        yield calls(call);
                    }
                };
        chunk(index, delta, null, out);
    }

    private void cite(int index, ByteArrayOutputStream out) {
        ArrayNode citations = choice(index, out).citations;
        if (!citations.isEmpty()) {
            ObjectNode delta = Json.object();
            delta.set("annotations", citations);
            chunk(index, delta, null, out);
        }
    }

    private static ObjectNode calls(ObjectNode call) {
        ObjectNode delta = Json.object();
        delta.putArray("tool_calls").add(call);
        return delta;
    }

    private void end(ByteArrayOutputStream out) {
        if (failed) {
            return;
        }
        if (usage != null && request.streamUsage()) {
            ObjectNode chunk = chunk();
            chunk.putArray("choices");
            chunk.set("usage", ChatUsage.json(usage));
            data(Json.text(chunk), out);
        }
        data("[DONE]", out);
    }

    private void chunk(
            int index, ObjectNode delta, @Nullable String finish, ByteArrayOutputStream out) {
        ObjectNode chunk = chunk();
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", index);
        choice.set("delta", delta);
        List<ObjectNode> tokens = choice(index, out).tokens;
        ChatLogprobs.write(tokens, choice);
        tokens.clear();
        choice.put("finish_reason", finish);
        data(Json.text(chunk), out);
    }

    private ObjectNode chunk() {
        return Json.object()
                .put("id", id)
                .put("object", "chat.completion.chunk")
                .put("created", created)
                .put("model", model);
    }

    private static void data(String json, ByteArrayOutputStream out) {
        text("data: " + json + "\n\n", out);
    }

    private static void text(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
