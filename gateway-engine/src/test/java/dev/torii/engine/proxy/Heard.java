package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.eventstream.Message;

/// What the first choice of a recorded answer says, read off the vendor's JSON by hand and not by
/// the gateway's readers, so that what a reader loses is noticed.
final class Heard {

    /// A call, piece by piece.
    private static final class Call {
        private String name = "";
        private final StringBuilder arguments = new StringBuilder();
    }

    private final StringBuilder thoughts = new StringBuilder();
    private final StringBuilder text = new StringBuilder();
    private final Map<String, Call> calls = new LinkedHashMap<>();

    /// Where calls are that share a number with an earlier one.
    private final Map<String, String> places = new LinkedHashMap<>();

    private JsonNode usage = Json.object();

    private final boolean streamed;

    private Heard(boolean streamed) {
        this.streamed = streamed;
    }

    static Heard in(Recording recording) throws MalformedJsonException {
        var heard = new Heard(recording.isStream());
        String api = recording.api();
        for (JsonNode json : documents(recording)) {
            switch (api.substring(0, api.indexOf('/'))) {
                case "anthropic" -> heard.message(json);
                case "bedrock" -> {
                    if (api.contains("converse")) {
                        heard.converse(json);
                    } else {
                        heard.message(json);
                    }
                }
                case "cohere" -> heard.cohere(json);
                case "gemini" -> {
                    if (api.endsWith("openai-chat")) {
                        heard.chat(json);
                    } else {
                        heard.gemini(json);
                    }
                }
                default -> {
                    if (api.equals("ollama/chat")) {
                        heard.ollama(json);
                    } else if (api.endsWith("/responses")) {
                        heard.response(json);
                    } else {
                        heard.chat(json);
                    }
                }
            }
        }
        return heard;
    }

    /// All thoughts, and behind them all texts, without blanks and without the tags that some write
    /// around thoughts.
    String said() {
        return bare(thoughts.toString() + text);
    }

    static String bare(String said) {
        return said.replaceAll("</?think>|\\s", "");
    }

    /// As [Gist] has them.
    List<String> calls() {
        List<String> said = new ArrayList<>();
        calls.values().forEach(call -> said.add(call.name + Gist.json(call.arguments.toString())));
        return said;
    }

    boolean counted() {
        return !usage.isEmpty();
    }

    /// Input tokens. No two vendors have the same words for different things, so that whichever are
    /// there add up to it.
    long prompt() {
        return count(
                "/prompt_tokens",
                "/input_tokens",
                "/cache_read_input_tokens",
                "/cache_creation_input_tokens",
                "/inputTokens",
                "/cacheReadInputTokens",
                "/cacheWriteInputTokens",
                "/promptTokenCount",
                "/toolUsePromptTokenCount",
                "/billed_units/input_tokens",
                "/prompt_eval_count");
    }

    long cached() {
        if (usage.has("billed_units")) {
            return 0;
        }
        long cached =
                count(
                        "/prompt_tokens_details/cached_tokens",
                        "/input_tokens_details/cached_tokens",
                        "/cache_read_input_tokens",
                        "/cacheReadInputTokens",
                        "/cachedContentTokenCount");
        return Math.min(Math.max(cached, count("/cached_tokens")), prompt());
    }

    /// Output tokens as they are told, and as the total tells where it tells of more.
    List<Long> outputs() {
        long told =
                count(
                        "/completion_tokens",
                        "/output_tokens",
                        "/outputTokens",
                        "/candidatesTokenCount",
                        "/thoughtsTokenCount",
                        "/billed_units/output_tokens",
                        "/eval_count");
        return usage.has("completion_tokens")
                ? List.of(told, Math.max(told, count("/total_tokens") - prompt()))
                : List.of(told);
    }

    /// Thoughts among the output tokens.
    long reasoned() {
        return count(
                "/completion_tokens_details/reasoning_tokens",
                "/output_tokens_details/reasoning_tokens",
                "/output_tokens_details/thinking_tokens",
                "/thoughtsTokenCount",
                "/tokens/reasoning_tokens");
    }

    private long count(String... fields) {
        long sum = 0;
        for (String field : fields) {
            sum += usage.at(field).asLong();
        }
        return sum;
    }

    private static List<JsonNode> documents(Recording recording) throws MalformedJsonException {
        List<JsonNode> documents = new ArrayList<>();
        if (recording.response().has("base64")) {
            ByteBuffer frames = ByteBuffer.wrap(recording.body());
            while (frames.hasRemaining()) {
                int length = frames.getInt(frames.position());
                JsonNode json = Json.parse(payload(frames.slice(frames.position(), length)));
                frames.position(frames.position() + length);
                documents.add(
                        json.has("bytes")
                                ? Json.parse(
                                        Base64.getDecoder().decode(json.path("bytes").textValue()))
                                : json);
            }
            return documents;
        }
        String body = new String(recording.body(), UTF_8);
        if (recording.response().has("sse") || recording.response().has("ndjson")) {
            for (String line : body.split("[\r\n]+", -1)) {
                String json = line.replaceFirst("^data: ?", "");
                if (json.startsWith("{")) {
                    documents.add(Json.parse(json));
                }
            }
        } else {
            JsonNode json = Json.parse(body);
            (json.isArray() ? json : List.of(json)).forEach(documents::add);
        }
        return documents;
    }

    private static byte[] payload(ByteBuffer frame) {
        return Message.decode(frame).getPayload();
    }

    private void usage(JsonNode counts) {
        if (counts.isObject() && !counts.isEmpty()) {
            usage = counts;
        }
    }

    private Call call(String place) {
        return calls.computeIfAbsent(place, _ -> new Call());
    }

    private String next() {
        return Integer.toString(calls.size());
    }

    private void call(String place, JsonNode name, JsonNode arguments) {
        Call call = call(place);
        if (call.name.isEmpty()) {
            call.name = name.asText("");
        }
        call.arguments.append(
                arguments.isContainerNode() ? Json.text(arguments) : arguments.asText(""));
    }

    private void chat(JsonNode json) {
        usage(json.path("usage"));
        usage(json.path("x_groq").path("usage"));
        for (JsonNode choice : json.path("choices")) {
            // Perplexity has an empty delta beside a whole message, and says a whole one beside the
            // last delta.
            JsonNode message = streamed ? choice.path("delta") : choice.path("message");
            if (choice.path("index").asInt() > 0) {
                continue;
            }
            int thought = thoughts.length();
            thoughts.append(message.path("reasoning_content").asText(""));
            if (thoughts.length() == thought) {
                thoughts.append(message.path("reasoning").asText(""));
            }
            if (thoughts.length() == thought) {
                for (JsonNode detail : message.path("reasoning_details")) {
                    thoughts.append(detail.path("text").asText(""));
                    thoughts.append(detail.path("summary").asText(""));
                }
            }
            content(message.path("content"));
            text.append(message.path("refusal").asText(""));
            text.append(message.path("audio").path("transcript").asText(""));
            JsonNode old = message.path("function_call");
            if (old.isObject()) {
                call("old", old.path("name"), old.path("arguments"));
            }
            int position = 0;
            for (JsonNode call : message.path("tool_calls")) {
                JsonNode what = call.has("custom") ? call.path("custom") : call.path("function");
                String place = call.path("index").asText(Integer.toString(position++));
                String id = call.path("id").asText("");
                if (!id.isEmpty()) {
                    places.put(place, place + id);
                }
                call(
                        places.getOrDefault(place, place),
                        what.path("name"),
                        what.has("input") ? what.path("input") : what.path("arguments"));
            }
        }
    }

    private void content(JsonNode content) {
        text.append(content.asText(""));
        for (JsonNode part : content) {
            text.append(part.path("text").asText(""));
            thoughts.append(part.path("thinking").asText(""));
            part.path("thinking").forEach(piece -> thoughts.append(piece.path("text").asText("")));
        }
    }

    private void response(JsonNode json) {
        usage(json.path("response").path("usage"));
        usage(json.path("usage"));
        if (json.path("type").asText().equals("response.output_item.done")) {
            item(json.path("item"));
        }
        json.path("output").forEach(this::item);
        if (said().isEmpty() && calls.isEmpty()) {
            json.path("response").path("output").forEach(this::item);
        }
    }

    private void item(JsonNode item) {
        String place = item.path("call_id").asText("");
        switch (item.path("type").asText()) {
            case "message" -> {
                for (JsonNode part : item.path("content")) {
                    text.append(part.path("text").asText(""))
                            .append(part.path("refusal").asText(""));
                }
            }
            case "reasoning" -> {
                String thought = texts(item.path("content"));
                thoughts.append(thought.isEmpty() ? texts(item.path("summary")) : thought);
            }
            case "function_call" -> call(place, item.path("name"), item.path("arguments"));
            case "custom_tool_call" -> call(place, item.path("name"), item.path("input"));
            default -> {}
        }
    }

    private static String texts(JsonNode parts) {
        var texts = new StringBuilder();
        parts.forEach(part -> texts.append(part.path("text").asText("")));
        return texts.toString();
    }

    private void message(JsonNode json) {
        json.path("content").forEach(block -> block(block, next()));
        var counts = Json.object();
        usage.properties().forEach(count -> counts.set(count.getKey(), count.getValue()));
        for (JsonNode more : List.of(json.path("message").path("usage"), json.path("usage"))) {
            more.properties().stream()
                    .filter(count -> !count.getValue().isNull())
                    .forEach(count -> counts.set(count.getKey(), count.getValue()));
        }
        usage(counts);
        block(json.path("content_block"), json.path("index").asText());
        JsonNode delta = json.path("delta");
        text.append(delta.path("text").asText(""));
        thoughts.append(delta.path("thinking").asText(""));
        if (calls.containsKey(json.path("index").asText())) {
            call(json.path("index").asText(), delta, delta.path("partial_json"));
        }
    }

    private void block(JsonNode block, String place) {
        text.append(block.path("type").asText().equals("text") ? block.path("text").asText() : "");
        thoughts.append(block.path("thinking").asText(""));
        if (block.path("type").asText().equals("tool_use")) {
            JsonNode input = block.path("input");
            call(place, block.path("name"), input.isEmpty() ? Json.object().textNode("") : input);
        }
    }

    private void converse(JsonNode json) {
        usage(json.path("usage"));
        json.at("/output/message/content").forEach(block -> converseBlock(block, next()));
        String place = json.path("contentBlockIndex").asText();
        converseBlock(json.path("start"), place);
        converseBlock(json.path("delta"), place);
    }

    private void converseBlock(JsonNode block, String place) {
        text.append(block.path("text").asText(""));
        text.append(texts(block.path("citationsContent").path("content")));
        JsonNode thought = block.path("reasoningContent");
        thoughts.append(thought.path("text").asText(""));
        thoughts.append(thought.path("reasoningText").path("text").asText(""));
        JsonNode call = block.path("toolUse");
        boolean goesOn = call.isObject() && !call.has("name");
        boolean own = !call.path("type").asText().equals("server_tool_use");
        if (goesOn ? calls.containsKey(place) : call.isObject() && own) {
            call(place, call.path("name"), call.path("input"));
        }
    }

    private void cohere(JsonNode json) {
        usage(json.path("usage"));
        usage(json.path("delta").path("usage"));
        JsonNode message =
                json.has("delta") ? json.path("delta").path("message") : json.path("message");
        thoughts.append(message.path("tool_plan").asText(""));
        JsonNode content = message.path("content");
        content(content.isObject() ? Json.array().add(content) : content);
        JsonNode given = message.path("tool_calls");
        for (JsonNode call : given.isObject() ? List.of(given) : given) {
            String place = json.path("index").asText(call.path("id").asText());
            call(place, call.at("/function/name"), call.at("/function/arguments"));
        }
    }

    private void gemini(JsonNode json) {
        usage(json.path("usageMetadata"));
        for (JsonNode candidate : json.path("candidates")) {
            if (candidate.path("index").asInt() > 0) {
                continue;
            }
            for (JsonNode part : candidate.path("content").path("parts")) {
                (part.path("thought").asBoolean() ? thoughts : text)
                        .append(part.path("text").asText(""));
                JsonNode call = part.path("functionCall");
                if (call.isObject()) {
                    call(next(), call.path("name"), call.path("args"));
                }
            }
        }
    }

    private void ollama(JsonNode json) {
        if (json.path("done").asBoolean()) {
            usage(json);
        }
        JsonNode message = json.path("message");
        thoughts.append(message.path("thinking").asText(""));
        text.append(message.path("content").asText(""));
        for (JsonNode call : message.path("tool_calls")) {
            call(next(), call.at("/function/name"), call.at("/function/arguments"));
        }
    }
}
