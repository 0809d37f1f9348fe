package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Seal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items of `output`, and the parts that they are made of.
final class ResponsesItems {

    private ResponsesItems() {}

    static ObjectNode message(String id, String status, ArrayNode content) {
        ObjectNode item = Json.object().put("id", id).put("type", "message").put("status", status);
        item.set("content", content);
        return item.put("role", "assistant");
    }

    static ObjectNode text(String text, List<ObjectNode> annotations, List<ObjectNode> logprobs) {
        ObjectNode part = Json.object().put("type", "output_text");
        part.set("annotations", ResponsesAnnotations.json(annotations));
        part.set("logprobs", ResponsesLogprobs.json(logprobs));
        return part.put("text", text);
    }

    static ObjectNode refusal(String text) {
        return Json.object().put("type", "refusal").put("refusal", text);
    }

    /// @param abridged whether the text is the summary of a thought, or the thought itself
    static ObjectNode reasoning(
            String id, String text, boolean abridged, @Nullable String encrypted) {
        ObjectNode item = Json.object().put("id", id).put("type", "reasoning");
        if (!text.isEmpty() && !abridged) {
            item.putArray("content").add(thought(text));
        }
        if (encrypted != null) {
            item.put("encrypted_content", encrypted);
        }
        ArrayNode summary = item.putArray("summary");
        if (!text.isEmpty() && abridged) {
            summary.add(summary(text));
        }
        return item;
    }

    static ObjectNode thought(String text) {
        return Json.object().put("type", "reasoning_text").put("text", text);
    }

    static ObjectNode summary(String text) {
        return Json.object().put("type", "summary_text").put("text", text);
    }

    static @Nullable String carried(@Nullable Seal seal) {
        return seal == null ? null : SealWrap.carried(seal, ResponsesDialect.NAME);
    }

    /// @param custom whether the tool takes free text
    /// @param input the arguments, or that text
    static ObjectNode call(
            String id,
            String status,
            String callId,
            ResponsesNames.Declared tool,
            boolean custom,
            String input) {
        ObjectNode item = Json.object().put("id", id);
        item.put("type", custom ? "custom_tool_call" : "function_call");
        item.put("status", status);
        item.put(custom ? "input" : "arguments", input);
        item.put("call_id", callId).put("name", tool.name());
        if (tool.namespace() != null) {
            item.put("namespace", tool.namespace());
        }
        return item;
    }
}
