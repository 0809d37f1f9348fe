package dev.torii.engine.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a vendor's model streams, and where a request of its dialect has what.
enum Vendor {
    OPENAI {
        @Override
        Stream<String> tools(JsonNode request) {
            return names(request.path("tools"), "/function/name");
        }

        @Override
        @Nullable JsonNode result(JsonNode request) {
            return first(
                    request.path("messages"),
                    message ->
                            "tool".equals(message.path("role").textValue())
                                    ? message.path("content")
                                    : null);
        }

        @Override
        String call(String tool, ObjectNode arguments) {
            String text = Json.text(arguments);
            int half = text.length() / 2;
            return delta("{\"role\":\"assistant\",\"content\":null}", "null")
                    + delta(
                            "{\"tool_calls\":[{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":\"\"}}]}"
                                    .formatted(quoted(tool)),
                            "null")
                    + delta(piece(text.substring(0, half)), "null")
                    + delta(piece(text.substring(half)), "null")
                    + delta("{}", "\"tool_calls\"")
                    + USAGE_AND_END;
        }

        @Override
        String text(String text) {
            return delta("{\"role\":\"assistant\",\"content\":\"\"}", "null")
                    + delta("{\"content\":%s}".formatted(quoted(text)), "null")
                    + delta("{}", "\"stop\"")
                    + USAGE_AND_END;
        }

        private static final String HEAD =
                "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-5-mini\",";
        private static final String USAGE_AND_END =
                HEAD
                        + "\"choices\":[],\"usage\":{\"prompt_tokens\":40,\"completion_tokens\":7,\"total_tokens\":47}}\n\ndata: [DONE]\n\n";

        private static String delta(String delta, String finish) {
            return HEAD
                    + "\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                            .formatted(delta, finish);
        }

        private static String piece(String arguments) {
            return "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":%s}}]}"
                    .formatted(quoted(arguments));
        }
    },

    ANTHROPIC {
        @Override
        Stream<String> tools(JsonNode request) {
            return names(request.path("tools"), "/name");
        }

        @Override
        @Nullable JsonNode result(JsonNode request) {
            return first(
                    request.path("messages"),
                    message ->
                            first(
                                    message.path("content"),
                                    block ->
                                            "tool_result".equals(block.path("type").textValue())
                                                    ? block.path("content")
                                                    : null));
        }

        @Override
        String call(String tool, ObjectNode arguments) {
            String text = Json.text(arguments);
            int half = text.length() / 2;
            return START
                    + block(
                            0,
                            "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                            "{\"type\":\"thinking_delta\",\"thinking\":\"調べる\"}",
                            "{\"type\":\"signature_delta\",\"signature\":\"c2ln/+==\"}")
                    + block(
                            1,
                            "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":%s,\"input\":{}}"
                                    .formatted(quoted(tool)),
                            piece(text.substring(0, half)),
                            piece(text.substring(half)))
                    + end("tool_use");
        }

        @Override
        String text(String text) {
            return START
                    + block(
                            0,
                            "{\"type\":\"text\",\"text\":\"\"}",
                            "{\"type\":\"text_delta\",\"text\":%s}".formatted(quoted(text)))
                    + end("end_turn");
        }

        private static final String START =
                event(
                        "message_start",
                        "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-4-5\",\"content\":[],\"usage\":{\"input_tokens\":40,\"output_tokens\":1}}");

        private static String event(String type, String fields) {
            return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
        }

        private static String block(int index, String block, String... deltas) {
            String at = "\"index\":" + index;
            return event("content_block_start", at + ",\"content_block\":" + block)
                    + Stream.of(deltas)
                            .map(delta -> event("content_block_delta", at + ",\"delta\":" + delta))
                            .collect(Collectors.joining())
                    + event("content_block_stop", at);
        }

        private static String piece(String arguments) {
            return "{\"type\":\"input_json_delta\",\"partial_json\":%s}"
                    .formatted(quoted(arguments));
        }

        private static String end(String reason) {
            return event(
                            "message_delta",
                            "\"delta\":{\"stop_reason\":\"%s\"},\"usage\":{\"output_tokens\":7}"
                                    .formatted(reason))
                    + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        }
    },

    GEMINI {
        @Override
        Stream<String> tools(JsonNode request) {
            return request.path("tools")
                    .valueStream()
                    .flatMap(tool -> names(tool.path("functionDeclarations"), "/name"));
        }

        @Override
        @Nullable JsonNode result(JsonNode request) {
            return first(
                    request.path("contents"),
                    content -> first(content.path("parts"), part -> part.get("functionResponse")));
        }

        @Override
        String call(String tool, ObjectNode arguments) {
            return chunk("{\"text\":\"調べる\",\"thought\":true}", "")
                    + chunk(
                            "{\"functionCall\":{\"name\":%s,\"args\":%s},\"thoughtSignature\":\"c2ln/+==\"}"
                                    .formatted(quoted(tool), Json.text(arguments)),
                            END);
        }

        @Override
        String text(String text) {
            return chunk("{\"text\":%s}".formatted(quoted(text)), END);
        }

        private static final String END = ",\"finishReason\":\"STOP\"";

        private static String chunk(String part, String end) {
            return "data: {\"candidates\":[{\"content\":{\"parts\":[%s],\"role\":\"model\"}%s}],\"usageMetadata\":{\"promptTokenCount\":40,\"candidatesTokenCount\":7,\"totalTokenCount\":47},\"modelVersion\":\"gemini-3-pro\",\"responseId\":\"r-1\"}\n\n"
                    .formatted(part, end);
        }
    };

    /// The names of the functions that a request offers.
    abstract Stream<String> tools(JsonNode request);

    /// What the first call came to; null when a request tells of none.
    abstract @Nullable JsonNode result(JsonNode request);

    abstract String call(String tool, ObjectNode arguments);

    abstract String text(String text);

    private interface Find {
        @Nullable JsonNode in(JsonNode node);
    }

    private static @Nullable JsonNode first(JsonNode array, Find find) {
        for (JsonNode element : array) {
            JsonNode found = find.in(element);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Stream<String> names(JsonNode tools, String pointer) {
        return tools.valueStream()
                .map(tool -> tool.at(pointer).textValue())
                .filter(name -> name != null);
    }

    private static String quoted(String text) {
        return Json.text(Json.MAPPER.getNodeFactory().textNode(text));
    }
}
