package dev.torii.engine.dialect.anthropic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.llm.StreamEvent.Opening;
import java.io.ByteArrayOutputStream;

/// Writes the blocks of a stream, one after another and counted without gaps. A ping follows the
/// first one's begin, as at Anthropic.
final class AnthropicBlockWriter {

    private int index = -1;
    private boolean open;

    boolean isOpen() {
        return open;
    }

    void open(Opening opening, ByteArrayOutputStream out) {
        ObjectNode block =
                switch (opening) {
                    case Opening.Text _, Opening.Refusal _ -> AnthropicBlocks.plain("");
                    case Opening.Image _ -> throw new IllegalStateException("no block for it");
                    case Opening.Thinking _ ->
                            Json.object()
                                    .put("type", "thinking")
                                    .put("thinking", "")
                                    .put("signature", "");
                    case Opening.ToolCall(var id, var name, _) -> {
                        ObjectNode call =
                                Json.object()
                                        .put("type", "tool_use")
                                        .put("id", AnthropicIds.ofCall(id))
                                        .put("name", name);
                        call.putObject("input");
                        yield call;
                    }
                };
        begin(block, out);
        if (opening instanceof Opening.ToolCall) {
            delta(Json.object().put("type", "input_json_delta").put("partial_json", ""), out);
        }
    }

    /// A block that has no pieces.
    void whole(ObjectNode block, ByteArrayOutputStream out) {
        begin(block, out);
        close(out);
    }

    private void begin(ObjectNode block, ByteArrayOutputStream out) {
        close(out);
        index++;
        open = true;
        ObjectNode event = event("content_block_start");
        event.set("content_block", block);
        AnthropicSse.write(event, out);
        if (index == 0) {
            AnthropicSse.write(AnthropicSse.event("ping"), out);
        }
    }

    void piece(Opening opening, String text, ByteArrayOutputStream out) {
        ObjectNode delta = Json.object();
        switch (opening) {
            case Opening.Text _, Opening.Refusal _ ->
                    delta.put("type", "text_delta").put("text", text);
            case Opening.Thinking _ -> delta.put("type", "thinking_delta").put("thinking", text);
            case Opening.Image _ -> throw new IllegalStateException("no block for it");
            case Opening.ToolCall _ ->
                    delta.put("type", "input_json_delta").put("partial_json", text);
        }
        delta(delta, out);
    }

    void sign(String signature, ByteArrayOutputStream out) {
        delta(Json.object().put("type", "signature_delta").put("signature", signature), out);
    }

    private void delta(ObjectNode delta, ByteArrayOutputStream out) {
        ObjectNode event = event("content_block_delta");
        event.set("delta", delta);
        AnthropicSse.write(event, out);
    }

    void close(ByteArrayOutputStream out) {
        if (open) {
            open = false;
            AnthropicSse.write(event("content_block_stop"), out);
        }
    }

    private ObjectNode event(String type) {
        return AnthropicSse.event(type).put("index", index);
    }
}
