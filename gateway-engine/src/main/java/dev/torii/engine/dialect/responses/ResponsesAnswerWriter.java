package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a whole `response`. Texts that follow each other are one message.
final class ResponsesAnswerWriter {

    private final LlmAnswer answer;
    private final LlmRequest request;
    private final ResponsesNames names;
    private final ResponsesFrame frame;
    private final ArrayNode output = Json.array();
    private @Nullable ArrayNode content;

    /// Of the first text.
    private List<ObjectNode> logprobs = List.of();

    ResponsesAnswerWriter(LlmAnswer answer, LlmRequest request) {
        this.answer = answer;
        this.request = request;
        this.names = new ResponsesNames(request.extra().kept());
        this.frame = new ResponsesFrame(request, answer.id(), answer.model(), answer.created());
    }

    ObjectNode json() {
        List<Part> parts = List.of();
        Finish finish = Finish.of(Finish.Kind.UNKNOWN);
        if (!answer.choices().isEmpty()) {
            parts = answer.choices().getFirst().parts();
            finish = answer.choices().getFirst().finish();
            logprobs = answer.choices().getFirst().logprobs();
        }
        boolean refused = parts.stream().anyMatch(Part.Refusal.class::isInstance);
        parts.forEach(this::write);
        if (finish.kind() == Finish.Kind.ERROR) {
            return frame.failed(
                    output,
                    LlmError.interrupted("the provider broke the answer off and gave no reason"));
        }
        String incomplete = ResponsesFinish.incomplete(finish, refused);
        if (incomplete != null
                && output.path(output.size() - 1) instanceof ObjectNode last
                && last.has("status")) {
            last.put("status", "incomplete");
        }
        return frame.ended(
                ResponsesFinish.status(finish, refused), output, incomplete, answer.usage());
    }

    private void write(Part part) {
        switch (part) {
            case Part.Text(var text, var _, var annotations) -> {
                content().add(ResponsesItems.text(text, annotations, logprobs));
                logprobs = List.of();
            }
            case Part.Refusal(var text) -> content().add(ResponsesItems.refusal(text));
            case Part.Thinking(var text, var abridged, var seal) ->
                    add(
                            ResponsesItems.reasoning(
                                    id("rs"),
                                    text,
                                    ResponsesReasoning.abridged(abridged, request),
                                    ResponsesItems.carried(seal)));
            case Part.ToolCall call -> call(call);
            case Part.Opaque(var dialect, var json) -> {
                if (dialect.equals(ResponsesDialect.NAME)) {
                    add(json);
                }
            }
            default -> {}
        }
    }

    private ArrayNode content() {
        ArrayNode open = content;
        if (open == null) {
            open = Json.array();
            output.add(ResponsesItems.message(id("msg"), "completed", open));
            content = open;
        }
        return open;
    }

    private void add(ObjectNode item) {
        content = null;
        output.add(item);
    }

    private String id(String kind) {
        return ResponsesIds.ofItem(kind, frame.id(), output.size());
    }

    private void call(Part.ToolCall call) {
        ResponsesNames.Declared tool = names.find(call.name());
        String callId = ResponsesIds.ofCall(call.id());
        String input = call.arguments();
        if (!call.custom() && input.isBlank()) {
            input = "{}";
        }
        add(
                ResponsesItems.call(
                        id(call.custom() ? "ctc" : "fc"),
                        "completed",
                        callId,
                        tool,
                        call.custom(),
                        input));
        Seal seal = call.seal();
        if (seal != null) {
            add(ResponsesItems.reasoning(id("rs"), "", true, SealWrap.wrap(seal, callId)));
        }
    }
}
