package dev.torii.engine.provider;

import static dev.torii.engine.provider.ChatPassThrough.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.chat.ChatUsage;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.sse.SseEvent;
import dev.torii.engine.sse.SseReader;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/// Lets a Chat Completions stream through as it is, and reads along: usage, model, the first token.
/// Events are looked at as bytes and parsed only where that look says so. The usage chunk that the
/// client did not ask for is left out.
final class ChatTap implements AnswerStream {

    private static final byte[] USAGE = utf8("\"usage\"");
    private static final byte[] FINISH = utf8("\"finish_reason\"");
    private static final byte[] ERROR = utf8("\"error\"");
    private static final byte[] DONE = utf8("data: [DONE]");
    private static final byte[] DONE_TIGHT = utf8("data:[DONE]");
    private static final byte[] COMMENT = utf8(": torii\n\n");
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// How much of an answer is kept to count its tokens, in bytes of events.
    private static final int MAX_KEPT = 8 * 1024 * 1024;

    private final LlmCall call;
    private final SseReader reader = new SseReader();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private boolean firstToken;
    private boolean finished;
    private boolean failed;

    /// The run of events, within the bytes being read, that goes to the client.
    private int runStart;

    private int runEnd;
    private boolean dropped;
    private final ByteArrayOutputStream pieces = new ByteArrayOutputStream();

    ChatTap(LlmCall call) {
        this.call = call;
        call.answer(this::text);
    }

    @Override
    public ByteBuffer onBytes(ByteBuffer bytes) {
        runStart = -1;
        runEnd = -1;
        dropped = false;
        ByteBuffer all = reader.read(bytes, this::onEvent);
        return dropped ? spliced(all) : runStart < 0 ? NOTHING : slice(all, runStart, runEnd);
    }

    /// Only whole events pass, so that a comment may always follow.
    @Override
    public ByteBuffer signOfLife() {
        return ByteBuffer.wrap(COMMENT.clone());
    }

    private void onEvent(SseEvent event) {
        if (passes(event)) {
            if (runEnd != event.start()) {
                closeRun(event.bytes());
                runStart = event.start();
            }
            runEnd = event.end();
        } else {
            dropped = true;
        }
    }

    /// Only after an event was left out are the kept ones copied together.
    private void closeRun(ByteBuffer all) {
        if (runStart >= 0) {
            byte[] run = new byte[runEnd - runStart];
            all.get(runStart, run);
            pieces.writeBytes(run);
        }
        runStart = -1;
    }

    private ByteBuffer spliced(ByteBuffer all) {
        closeRun(all);
        ByteBuffer out = ByteBuffer.wrap(pieces.toByteArray());
        pieces.reset();
        return out;
    }

    private static ByteBuffer slice(ByteBuffer all, int start, int end) {
        return all.duplicate().position(start).limit(end);
    }

    private boolean passes(SseEvent event) {
        // Looked at in a copy, which is kept anyway: that is faster than in the buffer.
        byte[] bytes = event.toBytes();
        if (isDone(bytes)) {
            finished = true;
            return true;
        }
        keep(bytes);
        finished |= givesReason(bytes);
        boolean usageObject = value(bytes, USAGE, '{') >= 0;
        boolean error = indexOf(ERROR, bytes) >= 0;
        if (firstToken && !usageObject && !error) {
            return true;
        }
        ObjectNode chunk = Json.parseObjectOrNull(utf8(event.data()));
        return chunk == null || passes(chunk, usageObject);
    }

    private boolean passes(ObjectNode chunk, boolean usageObject) {
        String model = chunk.path("model").textValue();
        if (model != null && !model.isEmpty() && call.responseModel() == null) {
            call.responseModel(model);
        }
        if (chunk.hasNonNull("error")) {
            failed = true;
        }
        JsonNode choices = chunk.path("choices");
        for (JsonNode choice : choices) {
            firstToken |= hasText(choice);
        }
        // Groq's place for it, where it was not asked.
        if (usageObject && chunk.path("x_groq").get("usage") instanceof ObjectNode usage) {
            call.usage(ChatUsage.read(usage, TokenUsage.Source.FINAL));
        }
        if (usageObject && chunk.get("usage") instanceof ObjectNode usage) {
            call.usage(ChatUsage.read(usage, TokenUsage.Source.FINAL));
            return !call.usageUnasked() || !choices.isEmpty();
        }
        return true;
    }

    private static boolean hasText(JsonNode choice) {
        StringBuilder text = new StringBuilder();
        ChatText.append(text, choice.has("delta") ? choice.path("delta") : choice);
        return !text.isEmpty();
    }

    /// Whether an event is `data: [DONE]`, with or without other lines before.
    private static boolean isDone(byte[] event) {
        int end = event.length;
        while (end > 0 && event[end - 1] <= ' ') {
            end--;
        }
        return ends(event, end, DONE) || ends(event, end, DONE_TIGHT);
    }

    private static boolean ends(byte[] event, int end, byte[] with) {
        int start = end - with.length;
        return start >= 0 && Arrays.equals(event, start, end, with, 0, with.length);
    }

    /// Some servers give an empty one as long as there is none.
    private boolean givesReason(byte[] event) {
        int at = finished ? -1 : value(event, FINISH, '"');
        return at >= 0 && at + 1 < event.length && event[at + 1] != '"';
    }

    /// Where the value of a field starts, if it starts so; -1 otherwise.
    private static int value(byte[] event, byte[] field, char start) {
        int at = indexOf(field, event);
        for (int i = at + field.length; at >= 0 && i < event.length; i++) {
            byte b = event[i];
            if (b == start) {
                return i;
            }
            if (b != ':' && b != ' ') {
                return -1;
            }
        }
        return -1;
    }

    /// Where bytes start in others; -1 where they are not.
    private static int indexOf(byte[] needle, byte[] in) {
        for (int i = 0; i <= in.length - needle.length; i++) {
            if (in[i] == needle[0]
                    && in[i + 1] == needle[1]
                    && ends(in, i + needle.length, needle)) {
                return i;
            }
        }
        return -1;
    }

    private void keep(byte[] event) {
        if (kept.size() + event.length <= MAX_KEPT) {
            kept.writeBytes(event);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        new SseReader()
                .read(
                        ByteBuffer.wrap(kept.toByteArray()),
                        event -> {
                            ObjectNode chunk = Json.parseObjectOrNull(utf8(event.data()));
                            if (chunk != null) {
                                for (JsonNode choice : chunk.path("choices")) {
                                    ChatText.append(
                                            text,
                                            choice.has("delta") ? choice.path("delta") : choice);
                                }
                            }
                        });
        return text.toString();
    }

    @Override
    public ByteBuffer onEnd() {
        SseEvent last = reader.last();
        ByteBuffer owed = NOTHING;
        if (last != null && passes(last)) {
            owed = ByteBuffer.wrap(utf8(last.text().stripTrailing() + "\n\n"));
        }
        // What ends a stream that is passed on as it is, only its two ends know.
        finished |= call.client().operation() == Operation.PASS;
        return complete() || failed ? owed : errorEvent(EventReader.CUT_SHORT);
    }

    @Override
    public ByteBuffer onFailure(String message) {
        return complete() ? NOTHING : errorEvent(message);
    }

    private static ByteBuffer errorEvent(String message) {
        Map<String, String> error =
                Map.of("message", message, "type", "upstream_error", "code", "stream_interrupted");
        return ByteBuffer.wrap(utf8("data: " + Json.text(Map.of("error", error)) + "\n\n"));
    }

    @Override
    public boolean firstTokenSeen() {
        return firstToken;
    }

    @Override
    public boolean complete() {
        return finished && !failed;
    }
}
