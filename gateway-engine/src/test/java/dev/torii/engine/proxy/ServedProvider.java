package dev.torii.engine.proxy;

import static dev.torii.engine.dialect.bedrock.Frames.event;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.torii.engine.dialect.bedrock.Frames;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;

/// A provider, and how its servers answer, for tests of what holds with every one of them. The
/// answer is always やあ.
///
/// @param options of the model, besides its address
record ServedProvider(String name, String model, String options, Speech speech) {

    static final String KEY = "sk-real-0123456789";

    /// How servers speak.
    enum Speech {
        CHAT,
        MESSAGES,
        GEMINI,
        CONVERSE,
        INVOKE,
        COHERE,
        OLLAMA,
        LLAMA
    }

    static Stream<ServedProvider> all() {
        Stream<ServedProvider> copies =
                Stream.of(
                                "openai",
                                "cerebras",
                                "deepseek",
                                "groq",
                                "llamacpp",
                                "lmstudio",
                                "openrouter",
                                "perplexity",
                                "together",
                                "vllm",
                                "xai",
                                "zai",
                                "huggingface")
                        .map(name -> new ServedProvider(name, "m", "", Speech.CHAT));
        Stream<ServedProvider> others =
                Stream.of(
                        new ServedProvider(
                                "azure",
                                "m",
                                "\"azure_instance\":\"i\",\"azure_deployment_id\":\"d\",\"azure_api_version\":\"2024-10-21\",",
                                Speech.CHAT),
                        new ServedProvider(
                                "mistral", "m", "\"mistral_format\":\"openai\",", Speech.CHAT),
                        new ServedProvider(
                                "mistral", "m", "\"mistral_format\":\"ollama\",", Speech.OLLAMA),
                        new ServedProvider(
                                "llama2", "m", "\"llama2_format\":\"openai\",", Speech.CHAT),
                        new ServedProvider(
                                "llama2", "m", "\"llama2_format\":\"ollama\",", Speech.OLLAMA),
                        new ServedProvider(
                                "llama2", "m", "\"llama2_format\":\"raw\",", Speech.LLAMA),
                        new ServedProvider("ollama", "m", "", Speech.OLLAMA),
                        new ServedProvider("cohere", "m", "", Speech.COHERE),
                        new ServedProvider("gemini", "gemini-2.5-flash", "", Speech.GEMINI),
                        new ServedProvider(
                                "gemini",
                                "claude-sonnet-4-5",
                                "\"gemini\":{\"api_endpoint\":\"a\",\"project_id\":\"p\",\"location_id\":\"l\"},",
                                Speech.MESSAGES),
                        new ServedProvider(
                                "anthropic",
                                "claude-sonnet-4-5",
                                "\"anthropic_version\":\"2023-06-01\",",
                                Speech.MESSAGES),
                        new ServedProvider(
                                "bedrock",
                                "amazon.nova-2-lite-v1:0",
                                "\"bedrock\":{\"aws_region\":\"eu-west-1\"},",
                                Speech.CONVERSE),
                        new ServedProvider(
                                "bedrock",
                                "anthropic.claude-sonnet-4-5-v1:0",
                                "\"bedrock\":{\"aws_region\":\"eu-west-1\"},",
                                Speech.INVOKE));
        return Stream.concat(copies, others);
    }

    /// Whether it is asked in the words of Anthropic's clients alone; all others ask the same
    /// vendor in its own.
    boolean servesAnthropicAlone() {
        return speech == Speech.INVOKE;
    }

    /// Whether a client of OpenAI's is answered with the server's own bytes.
    boolean passesOpenAi() {
        return speech == Speech.CHAT;
    }

    /// Whether a client of Anthropic's is.
    boolean passesAnthropic() {
        return speech == Speech.MESSAGES;
    }

    /// A plugin whose clients may speak any dialect.
    String plugin(String url) {
        return """
        {"name":"ai-proxy","config":{"route_type":"llm/v1/chat","llm_format":"auto",
         "auth":{"header_name":"Authorization","header_value":"Bearer %s"},
         "model":{"provider":"%s","name":"%s","options":{%s"max_tokens":64,"upstream_url":"%s"}}}}\
        """
                .formatted(KEY, name, model, options, url);
    }

    /// A refusal in the server's words, which quotes the key.
    String refusal(int status) {
        String message = "no with " + KEY;
        return switch (speech) {
            case CHAT -> "{\"error\":{\"message\":\"" + message + "\",\"type\":\"some_error\"}}";
            case MESSAGES ->
                    "{\"type\":\"error\",\"error\":{\"type\":\"some_error\",\"message\":\""
                            + message
                            + "\"}}";
            case GEMINI -> "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\"}}";
            case CONVERSE, INVOKE, COHERE -> "{\"message\":\"" + message + "\"}";
            case OLLAMA, LLAMA -> "{\"error\":\"" + message + "\"}";
        };
    }

    /// A whole answer or a stream, as the request wants it.
    FakeUpstream.Answer answer() {
        return (request, out) -> {
            boolean completes =
                    request.target().contains("/completions")
                            && !request.target().contains("/chat/")
                            && !generates(request);
            if (wantsStream(request)) {
                start(out);
                write(out, completes ? text("data: " + completion() + "\n\n") : first(request));
                write(out, completes ? text("data: [DONE]\n\n") : rest(request));
                FakeUpstream.endStream(out);
            } else {
                FakeUpstream.json(200, completes ? completion() : whole(request))
                        .write(request, out);
            }
        };
    }

    /// A stream whose connection breaks after its first piece.
    FakeUpstream.Answer cut() {
        return (request, out) -> {
            start(out);
            write(out, first(request));
            throw new EOFException("told to hang up");
        };
    }

    private static boolean wantsStream(Received request) {
        var body = Json.parseObjectOrNull(request.body());
        return request.target().contains("tream")
                || (body != null && body.path("stream").asBoolean());
    }

    private void start(OutputStream out) throws IOException {
        String type =
                switch (speech) {
                    case CONVERSE, INVOKE -> "application/vnd.amazon.eventstream";
                    case OLLAMA -> "application/x-ndjson";
                    default -> "text/event-stream";
                };
        out.write(
                ("HTTP/1.1 200 OK\r\nContent-Type: "
                                + type
                                + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(ISO_8859_1));
    }

    private static void write(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
        out.write(bytes);
        out.write("\r\n".getBytes(ISO_8859_1));
        out.flush();
    }

    private static byte[] text(String text) {
        return text.getBytes(UTF_8);
    }

    private static String completion() {
        return """
        {"id":"c","object":"text_completion","created":1,"model":"m","choices":[{"text":"やあ","index":0,"logprobs":null,"finish_reason":"stop"}]}\
        """;
    }

    private String whole(Received request) {
        if (generates(request)) {
            return name.equals("huggingface")
                    ? "[{\"generated_text\":\"やあ\",\"details\":{\"finish_reason\":\"eos_token\"}}]"
                    : "{\"model\":\"m\",\"response\":\"やあ\",\"done\":true,\"done_reason\":\"stop\"}";
        }
        return switch (speech) {
            case CHAT ->
                    """
                    {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"やあ"},"finish_reason":"stop"}]}\
                    """;
            case MESSAGES, INVOKE ->
                    """
                    {"id":"c","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"やあ"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}\
                    """;
            case GEMINI ->
                    "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"やあ\"}]},\"finishReason\":\"STOP\"}]}";
            case CONVERSE ->
                    "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"やあ\"}]}},\"stopReason\":\"end_turn\"}";
            case COHERE ->
                    "{\"id\":\"c\",\"message\":{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"やあ\"}]},\"finish_reason\":\"COMPLETE\"}";
            case OLLAMA ->
                    "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"やあ\"},\"done\":true,\"done_reason\":\"stop\"}";
            case LLAMA -> "{\"data\":[{\"generated_text\":\"やあ\"}]}";
        };
    }

    /// Whether the server is asked to go on from a text, in its own words.
    private boolean generates(Received request) {
        return (name.equals("huggingface") && !request.target().contains("/chat/completions"))
                || request.target().endsWith("/api/generate");
    }

    private byte[] first(Received request) {
        if (generates(request)) {
            return text(
                    name.equals("huggingface")
                            ? "data:{\"token\":{\"id\":1,\"text\":\"やあ\",\"special\":false}}\n\n"
                            : "{\"model\":\"m\",\"response\":\"やあ\",\"done\":false}\n");
        }
        return switch (speech) {
            case CHAT ->
                    text(
                            """
                            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"やあ"},"finish_reason":null}]}

                            """);
            case MESSAGES -> text(String.join("", messages()));
            case INVOKE ->
                    Frames.joined(
                            messages().stream()
                                    .map(one ->
                                            Frames.chunk(one.substring(one.indexOf('{')).strip()))
                                    .toArray(byte[][]::new));
            case GEMINI ->
                    text(
                            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"やあ\"}]}}]}\n\n");
            case CONVERSE ->
                    Frames.joined(
                            event("messageStart", "{\"role\":\"assistant\"}"),
                            event(
                                    "contentBlockDelta",
                                    "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"やあ\"}}"));
            case COHERE ->
                    text(
                            """
                            event: message-start
                            data: {"id":"c","type":"message-start","delta":{"message":{"role":"assistant"}}}

                            event: content-delta
                            data: {"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"やあ"}}}}

                            """);
            case OLLAMA ->
                    text(
                            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"やあ\"},\"done\":false}\n");
            case LLAMA -> text("data:{\"token\":{\"id\":1,\"text\":\"やあ\",\"special\":false}}\n\n");
        };
    }

    private static List<String> messages() {
        return List.of(
                "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"c\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"model\":\"m\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n",
                "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n",
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"やあ\"}}\n\n");
    }

    private static List<String> messagesEnd() {
        return List.of(
                "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
                "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":1}}\n\n",
                "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
    }

    private byte[] rest(Received request) {
        if (generates(request)) {
            return text(
                    name.equals("huggingface")
                            ? generated()
                            : "{\"model\":\"m\",\"response\":\"\",\"done\":true,\"done_reason\":\"stop\"}\n");
        }
        return switch (speech) {
            case CHAT ->
                    text(
                            """
                            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                            data: [DONE]

                            """);
            case MESSAGES -> text(String.join("", messagesEnd()));
            case INVOKE ->
                    Frames.joined(
                            messagesEnd().stream()
                                    .map(one ->
                                            Frames.chunk(one.substring(one.indexOf('{')).strip()))
                                    .toArray(byte[][]::new));
            case GEMINI ->
                    text(
                            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"\"}]},\"finishReason\":\"STOP\"}]}\n\n");
            case CONVERSE ->
                    Frames.joined(
                            event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                            event("messageStop", "{\"stopReason\":\"end_turn\"}"));
            case COHERE ->
                    text(
                            """
                            event: message-end
                            data: {"type":"message-end","delta":{"finish_reason":"COMPLETE"}}

                            """);
            case OLLAMA ->
                    text(
                            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n");
            case LLAMA -> text(generated());
        };
    }

    private static String generated() {
        return """
        data:{"token":{"id":2,"text":"</s>","special":true},"generated_text":"やあ","details":{"finish_reason":"eos_token","generated_tokens":2}}

        """;
    }

    @Override
    public String toString() {
        return name + "/" + model + " " + speech;
    }
}
