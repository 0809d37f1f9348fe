package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Splits the first text of one choice of a stream into a thought and a text, wherever its pieces
/// were cut, and counts the parts anew. What could be the beginning of a tag waits for more.
final class ThinkTagSplitter {

    static final String OPEN = "<think>";
    static final String CLOSE = "</think>";

    /// Where the first text stands.
    private enum State {
        /// It has not begun, or has ended.
        ELSEWHERE,
        /// Nothing but blanks, or a part of the opening tag.
        BEFORE,
        /// Behind the opening tag, where no thought has begun.
        OPENED,
        THINKING,
        /// Behind the closing tag, where no text has begun.
        CLOSED,
        TEXT
    }

    private final int choice;
    private final StringBuilder waiting = new StringBuilder();
    private State state = State.ELSEWHERE;
    private boolean seen;
    private int parts;

    /// Where the text was found that has not begun.
    private final List<ObjectNode> citations = new ArrayList<>();

    ThinkTagSplitter(int choice) {
        this.choice = choice;
    }

    void start(StreamEvent.PartStart start, Consumer<StreamEvent> sink) {
        if (!seen && start.opening() instanceof Opening.Text) {
            seen = true;
            state = State.BEFORE;
        } else {
            open(start.opening(), sink);
        }
    }

    void delta(StreamEvent.PartDelta delta, Consumer<StreamEvent> sink) {
        if (state == State.ELSEWHERE || state == State.TEXT) {
            piece(delta.text(), sink);
            return;
        }
        waiting.append(delta.text());
        if (state == State.BEFORE) {
            before(sink);
        }
        if (state == State.OPENED || state == State.THINKING) {
            think(sink);
        }
        if (state == State.CLOSED) {
            text(sink);
        }
    }

    void cited(StreamEvent.Cited cited, Consumer<StreamEvent> sink) {
        citations.add(cited.citation());
        if (state == State.ELSEWHERE || state == State.TEXT) {
            cite(sink);
        }
    }

    private void cite(Consumer<StreamEvent> sink) {
        citations.forEach(citation -> sink.accept(new StreamEvent.Cited(choice, parts, citation)));
        citations.clear();
    }

    /// Tokens of tags and thoughts are none of the text.
    void weighed(StreamEvent.Weighed weighed, Consumer<StreamEvent> sink) {
        if (state == State.ELSEWHERE || state == State.TEXT) {
            sink.accept(new StreamEvent.Weighed(choice, parts, weighed.tokens()));
        }
    }

    private void before(Consumer<StreamEvent> sink) {
        String text = waiting.toString().stripLeading();
        if (text.startsWith(OPEN)) {
            keep(text.substring(OPEN.length()));
            state = State.OPENED;
        } else if (!OPEN.startsWith(text)) {
            state = State.TEXT;
            open(new Opening.Text(), sink);
            flush(waiting.length(), sink);
        }
    }

    private void think(Consumer<StreamEvent> sink) {
        if (state == State.OPENED) {
            keep(waiting.toString().stripLeading());
            String thought = waiting.toString();
            if (thought.startsWith(CLOSE)) {
                keep(thought.substring(CLOSE.length()));
                state = State.CLOSED;
            }
            if (state == State.CLOSED || CLOSE.startsWith(thought)) {
                return;
            }
            state = State.THINKING;
            open(new Opening.Thinking(false), sink);
        }
        int close = waiting.indexOf(CLOSE);
        flush(blanksBefore(close < 0 ? tagMayBegin() : close), sink);
        close = waiting.indexOf(CLOSE);
        if (close >= 0) {
            keep(waiting.substring(close + CLOSE.length()));
            close(sink);
            state = State.CLOSED;
        }
    }

    /// Where the end of what waits could be the beginning of the closing tag.
    private int tagMayBegin() {
        for (int at = Math.max(0, waiting.length() - CLOSE.length() + 1);
                at < waiting.length();
                at++) {
            if (CLOSE.startsWith(waiting.substring(at))) {
                return at;
            }
        }
        return waiting.length();
    }

    /// Where the blanks begin that stand before `end`: at the end of a thought they are left out.
    private int blanksBefore(int end) {
        return waiting.substring(0, end).stripTrailing().length();
    }

    private void text(Consumer<StreamEvent> sink) {
        keep(waiting.toString().stripLeading());
        if (!waiting.isEmpty()) {
            state = State.TEXT;
            open(new Opening.Text(), sink);
            flush(waiting.length(), sink);
        }
    }

    void end(StreamEvent.PartEnd end, Consumer<StreamEvent> sink) {
        switch (state) {
            case ELSEWHERE -> {
                parts++;
                sink.accept(new StreamEvent.PartEnd(choice, parts - 1, end.seal()));
            }
            case TEXT -> close(sink);
            case BEFORE -> {
                open(new Opening.Text(), sink);
                flush(waiting.length(), sink);
                close(sink);
            }
            case THINKING -> {
                flush(blanksBefore(waiting.length()), sink);
                close(sink);
            }
            case OPENED -> {
                if (!waiting.isEmpty()) {
                    open(new Opening.Thinking(false), sink);
                    flush(waiting.length(), sink);
                    close(sink);
                }
            }
            case CLOSED -> {}
        }
        waiting.setLength(0);
        state = State.ELSEWHERE;
    }

    private void open(Opening opening, Consumer<StreamEvent> sink) {
        sink.accept(new StreamEvent.PartStart(choice, parts, opening));
        if (opening instanceof Opening.Text) {
            cite(sink);
        }
    }

    private void close(Consumer<StreamEvent> sink) {
        sink.accept(new StreamEvent.PartEnd(choice, parts, null));
        parts++;
    }

    private void keep(String rest) {
        waiting.setLength(0);
        waiting.append(rest);
    }

    private void flush(int to, Consumer<StreamEvent> sink) {
        piece(waiting.substring(0, to), sink);
        waiting.delete(0, to);
    }

    private void piece(String text, Consumer<StreamEvent> sink) {
        if (!text.isEmpty()) {
            sink.accept(new StreamEvent.PartDelta(choice, parts, text));
        }
    }
}
