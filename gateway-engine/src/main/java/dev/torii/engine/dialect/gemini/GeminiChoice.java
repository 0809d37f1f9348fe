package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one candidate, whole or piece by piece, into the same parts. A signature is the seal of
/// the thought before the call that it comes with, or of one behind the text; where no thought can
/// be read, one without words carries it, so that every client's dialect can.
final class GeminiChoice {

    private final int index;
    private final Consumer<StreamEvent> sink;
    private final Consumer<ObjectNode> others;

    private int part = -1;
    private int calls;
    private @Nullable Opening open;
    private @Nullable Finish finish;
    private boolean unexpected;

    /// What was said of where the text was found; told again, it grows.
    private final Set<ObjectNode> sources = new HashSet<>();

    private final List<ObjectNode> unsaidSources = new ArrayList<>();

    /// @param others gets what is no part of a stream, such as code that Google ran
    GeminiChoice(int index, Consumer<StreamEvent> sink, Consumer<ObjectNode> others) {
        this.index = index;
        this.sink = sink;
        this.others = others;
    }

    /// @param answerId tells this answer's calls from all others
    void read(JsonNode candidate, String answerId) {
        for (ObjectNode source :
                GeminiAnswerReader.citations(candidate.path("groundingMetadata"))) {
            if (sources.add(source)) {
                unsaidSources.add(source);
            }
        }
        cite();
        for (JsonNode piece : candidate.path("content").path("parts")) {
            if (piece instanceof ObjectNode object) {
                piece(object, answerId);
            }
        }
        if (GeminiFinish.isSaid(candidate.path("finishReason"))) {
            finish = GeminiFinish.read(candidate.path("finishReason"));
            unexpected = GeminiFinish.isUnexpectedCall(candidate.path("finishReason"));
        }
    }

    private void cite() {
        if (open instanceof Opening.Text) {
            unsaidSources.forEach(
                    source -> sink.accept(new StreamEvent.Cited(index, part, source)));
            unsaidSources.clear();
        }
    }

    private void piece(ObjectNode piece, String answerId) {
        String signature = Fields.text(piece, "thoughtSignature");
        String text = Fields.text(piece, "text");
        if (piece.path("functionCall") instanceof ObjectNode call) {
            sealBefore(signature);
            call(call, answerId);
        } else if (text != null) {
            text(text, piece.path("thought").booleanValue(), signature);
        } else if (GeminiMediaReader.read(piece) instanceof Part.Image(var source, _, _)) {
            // A draft is a thought, of which there is no word.
            if (!piece.path("thought").booleanValue()) {
                open(new Opening.Image(source));
            }
            close(null);
        } else {
            close(null);
            others.accept(piece);
        }
    }

    private void call(ObjectNode call, String answerId) {
        String name = Fields.textOrEmpty(call, "name");
        String arguments =
                call.path("args").isObject() && !call.path("args").isEmpty()
                        ? Json.text(call.get("args"))
                        : "{}";
        String id = Fields.textOrEmpty(call, "id");
        if (id.isEmpty()) {
            id =
                    GeminiIds.of(
                            answerId,
                            Integer.toString(index),
                            Integer.toString(calls),
                            name,
                            arguments);
        }
        calls++;
        open(new Opening.ToolCall(id, name, false));
        sink.accept(new StreamEvent.PartDelta(index, part, arguments));
        close(null);
    }

    private void sealBefore(@Nullable String signature) {
        if (signature == null) {
            close(null);
        } else if (open instanceof Opening.Thinking) {
            close(seal(Seal.Kind.SIGNATURE, signature));
        } else {
            wordless(signature);
        }
    }

    private void text(String text, boolean thought, @Nullable String signature) {
        if (!text.isEmpty()) {
            if (thought && !(open instanceof Opening.Thinking)) {
                open(new Opening.Thinking(true));
            } else if (!thought && !(open instanceof Opening.Text)) {
                open(new Opening.Text());
            }
            sink.accept(new StreamEvent.PartDelta(index, part, text));
            cite();
        }
        if (signature == null) {
            return;
        }
        if (thought && open instanceof Opening.Thinking) {
            close(seal(Seal.Kind.SIGNATURE, signature));
        } else {
            wordless(signature);
        }
    }

    private void wordless(String signature) {
        open(new Opening.Thinking(true));
        close(seal(Seal.Kind.ENCRYPTED, signature));
    }

    private static Seal seal(Seal.Kind kind, String signature) {
        return new Seal(kind, GeminiDialect.NAME, signature);
    }

    private void open(Opening opening) {
        close(null);
        part++;
        open = opening;
        sink.accept(new StreamEvent.PartStart(index, part, opening));
    }

    void close(@Nullable Seal seal) {
        if (open != null) {
            open = null;
            sink.accept(new StreamEvent.PartEnd(index, part, seal));
        }
    }

    boolean isFinished() {
        return finish != null;
    }

    /// Why the candidate ended: Gemini says that it just stopped also where it called a function. A
    /// call of a function that nobody offered is one as well: the client knows best that it has
    /// none of that name.
    Finish finish() {
        if (calls > 0 && unexpected) {
            return Finish.of(Finish.Kind.TOOL_CALLS);
        }
        Finish said = finish == null ? Finish.of(Finish.Kind.UNKNOWN) : finish;
        return calls > 0 ? said.withToolCalls() : said;
    }
}
