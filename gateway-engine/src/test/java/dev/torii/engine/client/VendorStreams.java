package dev.torii.engine.client;

import static dev.torii.engine.dialect.bedrock.Frames.event;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.torii.engine.dialect.bedrock.Frames;
import dev.torii.engine.fake.FakeUpstream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

/// The streams of the [Vendor]s.
final class VendorStreams {

    static final String CHAT_LAST =
            """
            data: {"id":"c-2","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"雪"},"finish_reason":null}]}

            data: {"id":"c-2","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{"content":"です"},"finish_reason":null}]}

            data: {"id":"c-2","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: {"id":"c-2","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[],"usage":{"prompt_tokens":70,"completion_tokens":5,"total_tokens":75}}

            data: [DONE]

            """;

    static final String MISTRAL_CALL =
            """
            data: {"id":"c-1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

            data: {"id":"c-1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{"content":"調べます"},"finish_reason":null}]}

            data: {"id":"c-1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{"content":"","tool_calls":[{"id":"D681PevKs","function":{"name":"weather","arguments":"{\\"city\\": \\"札幌\\"}"},"index":0}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":40,"completion_tokens":21,"total_tokens":61}}

            data: [DONE]

            """;

    static final String CLAUDE_CALL =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"usage":{"input_tokens":40,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"道具を使う"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2lnbmF0dXJlLys9PQ=="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"調べます"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_7","name":"weather","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"札"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"幌\\"}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":2}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":21}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    static final String CLAUDE_LAST =
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_2","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":null,"usage":{"input_tokens":70,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: ping
            data: {"type":"ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"雪です"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":5}}

            event: message_stop
            data: {"type":"message_stop"}

            """;

    static final String GEMINI_CALL =
            """
            data: {"candidates":[{"content":{"parts":[{"text":"道具を使う","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":40,"thoughtsTokenCount":6,"totalTokenCount":46},"modelVersion":"gemini-2.5-flash","responseId":"r-1"}

            data: {"candidates":[{"content":{"parts":[{"text":"調べます"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":40,"candidatesTokenCount":5,"thoughtsTokenCount":6,"totalTokenCount":51},"modelVersion":"gemini-2.5-flash","responseId":"r-1"}

            data: {"candidates":[{"content":{"parts":[{"functionCall":{"name":"weather","args":{"city":"札幌"}},"thoughtSignature":"c2lnbmF0dXJlLys9PQ=="}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":40,"candidatesTokenCount":15,"thoughtsTokenCount":6,"totalTokenCount":61},"modelVersion":"gemini-2.5-flash","responseId":"r-1"}

            """;

    static final String GEMINI_LAST =
            """
            data: {"candidates":[{"content":{"parts":[{"text":"雪です"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":70,"candidatesTokenCount":5,"totalTokenCount":75},"modelVersion":"gemini-2.5-flash","responseId":"r-2"}

            """;

    static final byte[] BEDROCK_CALL =
            Frames.joined(
                    event("messageStart", "{\"role\":\"assistant\"}"),
                    event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"調べます\"}}"),
                    event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                    event(
                            "contentBlockStart",
                            "{\"contentBlockIndex\":1,\"start\":{\"toolUse\":{\"toolUseId\":\"tooluse_7\",\"name\":\"weather\"}}}"),
                    event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"{\\\"city\\\": \\\"札\"}}}"),
                    event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":1,\"delta\":{\"toolUse\":{\"input\":\"幌\\\"}\"}}}"),
                    event("contentBlockStop", "{\"contentBlockIndex\":1}"),
                    event("messageStop", "{\"stopReason\":\"tool_use\"}"),
                    event(
                            "metadata",
                            "{\"usage\":{\"inputTokens\":40,\"outputTokens\":21,\"totalTokens\":61},\"metrics\":{\"latencyMs\":300}}"));

    static final byte[] BEDROCK_LAST =
            Frames.joined(
                    event("messageStart", "{\"role\":\"assistant\"}"),
                    event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"雪です\"}}"),
                    event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                    event("messageStop", "{\"stopReason\":\"end_turn\"}"),
                    event(
                            "metadata",
                            "{\"usage\":{\"inputTokens\":70,\"outputTokens\":5,\"totalTokens\":75},\"metrics\":{\"latencyMs\":300}}"));

    private VendorStreams() {}

    /// @param thought none when empty
    static String chat(String thought, String callId) {
        String thinking =
                thought.isEmpty() ? "" : chunk("{\"reasoning_content\":\"" + thought + "\"}");
        return chunk("{\"role\":\"assistant\",\"content\":null}")
                + thinking
                + chunk("{\"content\":\"調べます\"}")
                + chunk(
                        "{\"tool_calls\":[{\"index\":0,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}"
                                .formatted(callId))
                + chunk(
                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"city\\\": \\\"札\"}}]}")
                + chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"幌\\\"}\"}}]}")
                + """
                data: {"id":"c-1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}

                data: {"id":"c-1","object":"chat.completion.chunk","created":1764000000,"model":"m","choices":[],"usage":{"prompt_tokens":40,"completion_tokens":21,"total_tokens":61}}

                data: [DONE]

                """;
    }

    private static String chunk(String delta) {
        return "data: {\"id\":\"c-1\",\"object\":\"chat.completion.chunk\",\"created\":1764000000,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":null}]}\n\n";
    }

    /// The first half of the events, and then nothing any more.
    static FakeUpstream.Answer cut(String events) {
        int half = events.indexOf("\n\n", events.length() / 2) + 2;
        return (_, out) -> {
            FakeUpstream.startStream(out);
            FakeUpstream.chunk(out, events.substring(0, half));
            throw new EOFException("told to hang up");
        };
    }

    /// A binary stream, cut every few bytes.
    static FakeUpstream.Answer frames(byte[] frames) {
        return (_, out) -> {
            writeFrames(out, frames, frames.length);
            FakeUpstream.endStream(out);
        };
    }

    /// The first half of a binary stream, and then nothing any more.
    static FakeUpstream.Answer cutFrames(byte[] frames) {
        return (_, out) -> {
            writeFrames(out, frames, frames.length / 2);
            throw new EOFException("told to hang up");
        };
    }

    private static void writeFrames(OutputStream out, byte[] frames, int end) throws IOException {
        out.write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.amazon.eventstream\r\nTransfer-Encoding: chunked\r\n\r\n"
                        .getBytes(ISO_8859_1));
        for (int from = 0; from < end; from += 50) {
            int length = Math.min(50, end - from);
            out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
            out.write(frames, from, length);
            out.write("\r\n".getBytes(ISO_8859_1));
            out.flush();
        }
    }
}
