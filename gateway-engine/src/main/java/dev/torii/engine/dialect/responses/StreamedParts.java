package dev.torii.engine.dialect.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The parts of a streamed response. Several may be under way at once; they are passed on one after
/// another, in the order in which they began, and what comes for a later one waits.
final class StreamedParts {

    /// Where a part is: the place of its item in the output, and its own in the item.
    record Place(int output, int content) {}

    private static final class Streamed {
        private final StringBuilder waiting = new StringBuilder();
        private final List<ObjectNode> tokens = new ArrayList<>();
        private final List<ObjectNode> citations = new ArrayList<>();
        private @Nullable Opening opening;
        private @Nullable Seal seal;
        private boolean begun;
        private boolean any;
        private boolean weighed;
        private boolean cited;
        private boolean done;
    }

    private final Map<Place, Streamed> parts = new HashMap<>();
    private final Deque<Streamed> order = new ArrayDeque<>();
    private int index = -1;
    private boolean called;
    private boolean refused;

    boolean called() {
        return called;
    }

    boolean refused() {
        return refused;
    }

    /// Announces a part, whose kind may show later.
    void announce(Place place, @Nullable Opening opening, Consumer<StreamEvent> sink) {
        part(place, opening);
        advance(sink);
    }

    private Streamed part(Place place, @Nullable Opening opening) {
        Streamed part = parts.get(place);
        if (part == null) {
            part = new Streamed();
            parts.put(place, part);
            order.add(part);
        }
        if (part.opening == null) {
            part.opening = opening;
            called |= opening instanceof Opening.ToolCall;
            refused |= opening instanceof Opening.Refusal;
        }
        return part;
    }

    void piece(Place place, Opening opening, String text, Consumer<StreamEvent> sink) {
        Streamed part = part(place, opening);
        if (!part.done && !text.isEmpty()) {
            part.any = true;
            part.waiting.append(text);
            advance(sink);
        }
    }

    /// A further piece of a call that was announced.
    void piece(Place place, String text, Consumer<StreamEvent> sink) {
        Streamed part = parts.get(place);
        if (part != null && part.opening != null) {
            piece(place, part.opening, text, sink);
        }
    }

    /// How likely the tokens of the next piece were.
    void weigh(Place place, Opening opening, List<ObjectNode> tokens) {
        Streamed part = part(place, opening);
        if (!part.done && !tokens.isEmpty()) {
            part.weighed = true;
            part.tokens.addAll(tokens);
        }
    }

    boolean weighed(Place place) {
        Streamed part = parts.get(place);
        return part != null && part.weighed;
    }

    /// Where a text that was announced was found.
    void cite(Place place, List<ObjectNode> citations, Consumer<StreamEvent> sink) {
        Streamed part = parts.get(place);
        if (part != null && !part.done && !citations.isEmpty()) {
            part.cited = true;
            part.citations.addAll(citations);
            advance(sink);
        }
    }

    boolean cited(Place place) {
        Streamed part = parts.get(place);
        return part != null && part.cited;
    }

    /// Whether any words of the part have come.
    boolean any(Place place) {
        Streamed part = parts.get(place);
        return part != null && part.any;
    }

    /// The part has ended.
    ///
    /// @param whole all of it, which counts where it did not come in pieces
    void done(
            Place place,
            Opening opening,
            String whole,
            @Nullable Seal seal,
            Consumer<StreamEvent> sink) {
        Streamed part = part(place, opening);
        if (part.done) {
            return;
        }
        if (!part.any) {
            part.waiting.append(whole);
        }
        part.seal = seal;
        part.done = true;
        advance(sink);
    }

    /// Nothing more comes for any part.
    void close(Consumer<StreamEvent> sink) {
        for (Streamed part : order) {
            part.done = true;
        }
        advance(sink);
    }

    private void advance(Consumer<StreamEvent> sink) {
        Streamed first = order.peek();
        while (first != null) {
            pass(first, sink);
            if (!first.done) {
                return;
            }
            if (first.begun) {
                sink.accept(new StreamEvent.PartEnd(0, index, first.seal));
            }
            order.remove();
            first = order.peek();
        }
    }

    private void pass(Streamed part, Consumer<StreamEvent> sink) {
        Opening opening = part.opening;
        if (opening == null) {
            return;
        }
        if (!part.begun) {
            part.begun = true;
            index++;
            sink.accept(new StreamEvent.PartStart(0, index, opening));
        }
        if (!part.tokens.isEmpty() && (part.done || !part.waiting.isEmpty())) {
            sink.accept(new StreamEvent.Weighed(0, index, part.tokens));
            part.tokens.clear();
        }
        if (!part.waiting.isEmpty()) {
            sink.accept(new StreamEvent.PartDelta(0, index, part.waiting.toString()));
            part.waiting.setLength(0);
        }
        part.citations.forEach(citation -> sink.accept(new StreamEvent.Cited(0, index, citation)));
        part.citations.clear();
    }
}
