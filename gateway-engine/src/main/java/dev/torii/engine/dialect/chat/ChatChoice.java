package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.MediaSource;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One choice of a stream, as it comes.
final class ChatChoice {

    private final int index;
    private final ChatCallStream calls = new ChatCallStream();

    private int part = -1;
    private @Nullable Opening open;

    /// What has been said of the open thought.
    private final StringBuilder thought = new StringBuilder();

    /// How much text there is, and how much of it stands before the open one.
    private int said;

    private int before;

    /// Tokens of the next piece of text.
    private final List<ObjectNode> tokens = new ArrayList<>();

    /// Where the text was found that has not begun.
    private final List<ObjectNode> citations = new ArrayList<>();

    private Finish finish = Finish.of(Finish.Kind.UNKNOWN);
    private boolean gaveReason;
    private boolean called;
    private boolean refused;

    ChatChoice(int index) {
        this.index = index;
    }

    boolean gaveReason() {
        return gaveReason;
    }

    void read(JsonNode choice, Consumer<StreamEvent> sink) {
        // Some servers send the last piece whole.
        JsonNode delta = choice.has("delta") ? choice.path("delta") : choice.path("message");
        thought(delta, sink);
        tokens.addAll(ChatLogprobs.read(choice));
        content(delta.path("content"), sink);
        say(new Opening.Text(), ChatAnswerReader.spoken(delta), sink);
        cite(ChatCitations.ofMessage(delta), sink);
        for (MediaSource picture : ChatPictures.of(delta)) {
            open(new Opening.Image(picture), sink);
            close(null, sink);
        }
        String refusal = Fields.textOrEmpty(delta, "refusal");
        if (!refusal.isEmpty()) {
            refused = true;
            say(new Opening.Refusal(), refusal, sink);
        }
        for (JsonNode call : ChatCalls.of(delta)) {
            calls.take(call);
            calls(sink);
        }
        String reason = Fields.textOrEmpty(choice, "finish_reason");
        // Some servers say in each chunk that there is none yet.
        if (!reason.isEmpty()) {
            gaveReason = true;
            Finish given = ChatFinish.read(reason);
            finish = given.kind() == Finish.Kind.UNKNOWN ? finish : given;
        }
    }

    private void thought(JsonNode delta, Consumer<StreamEvent> sink) {
        JsonNode details = delta.path(ChatThinking.DETAILS);
        String text = ChatThinking.text(delta);
        say(new Opening.Thinking(false), text, sink);
        for (JsonNode detail : details) {
            String own = Fields.textOrEmpty(detail, "text") + Fields.textOrEmpty(detail, "summary");
            Seal seal = ChatThinking.seal(detail);
            if (text.isEmpty() && (seal == null || !isSaid(own))) {
                say(new Opening.Thinking(false), own, sink);
            }
            if (seal != null) {
                seal(seal, sink);
            }
        }
    }

    /// Whether it is the open thought once more, which some servers repeat beside its signature.
    private boolean isSaid(String text) {
        return open instanceof Opening.Thinking && thought.toString().equals(text);
    }

    /// A signature ends the thought before it; what is encrypted is a thought of its own.
    private void seal(Seal seal, Consumer<StreamEvent> sink) {
        if (!(open instanceof Opening.Thinking) || seal.kind() == Seal.Kind.ENCRYPTED) {
            open(new Opening.Thinking(false), sink);
        }
        close(seal, sink);
    }

    /// Where the text was found, as soon as there is one.
    void cite(List<ObjectNode> more, Consumer<StreamEvent> sink) {
        citations.addAll(more);
        if (open instanceof Opening.Text) {
            citations.forEach(citation ->
                    sink.accept(
                            new StreamEvent.Cited(
                                    index, part, ChatCitations.moved(citation, -before))));
            citations.clear();
        }
    }

    private void weigh(Consumer<StreamEvent> sink) {
        if (open instanceof Opening.Text && !tokens.isEmpty()) {
            sink.accept(new StreamEvent.Weighed(index, part, tokens));
            tokens.clear();
        }
    }

    private void content(JsonNode content, Consumer<StreamEvent> sink) {
        if (content.isTextual()) {
            say(new Opening.Text(), content.textValue(), sink);
        }
        for (JsonNode piece : content) {
            if ("thinking".equals(Fields.text(piece, "type"))) {
                say(new Opening.Thinking(false), ChatThinking.ofPart(piece), sink);
            } else {
                say(new Opening.Text(), Fields.textOrEmpty(piece, "text"), sink);
            }
        }
    }

    private void say(Opening kind, String text, Consumer<StreamEvent> sink) {
        if (text.isEmpty()) {
            return;
        }
        if (!kind.equals(open)) {
            open(kind, sink);
        }
        if (kind instanceof Opening.Thinking) {
            thought.append(text);
        } else if (kind instanceof Opening.Text) {
            said += ChatCitations.length(text);
        }
        weigh(sink);
        sink.accept(new StreamEvent.PartDelta(index, part, text));
    }

    private void open(Opening kind, Consumer<StreamEvent> sink) {
        closeAll(sink);
        start(kind, sink);
    }

    private void start(Opening kind, Consumer<StreamEvent> sink) {
        close(null, sink);
        part++;
        open = kind;
        thought.setLength(0);
        before = said;
        sink.accept(new StreamEvent.PartStart(index, part, kind));
    }

    private void close(@Nullable Seal seal, Consumer<StreamEvent> sink) {
        if (open != null) {
            weigh(sink);
            open = null;
            sink.accept(new StreamEvent.PartEnd(index, part, seal));
        }
    }

    /// Says what is known of the calls by now.
    private void calls(Consumer<StreamEvent> sink) {
        calls.flush(piece -> piece(piece, sink));
    }

    private void piece(ChatCallStream.Piece piece, Consumer<StreamEvent> sink) {
        if (piece.opening() != null) {
            called = true;
            start(piece.opening(), sink);
        }
        if (!piece.arguments().isEmpty()) {
            sink.accept(new StreamEvent.PartDelta(index, part, piece.arguments()));
        }
    }

    private void closeAll(Consumer<StreamEvent> sink) {
        calls.end(piece -> piece(piece, sink));
        close(null, sink);
    }

    /// Closes what is open.
    Finish end(Consumer<StreamEvent> sink) {
        closeAll(sink);
        Finish given = finish;
        if (called) {
            return given.withToolCalls();
        }
        return refused ? ChatFinish.refused(given) : given;
    }
}
