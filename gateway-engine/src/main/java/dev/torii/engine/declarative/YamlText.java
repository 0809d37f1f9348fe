package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML 1.2 from the parser's events, which say where each value stands. Only plain values
/// come out of it: no tag makes an object. What grows without bounds is refused: nesting, and
/// aliases of aliases. Merge keys (`<<`) are understood, since such files use them.
final class YamlText {

    /// As deep as the Admin API's JSON may be.
    private static final int MAX_DEPTH = Json.MAX_DEPTH;

    private static final String MERGE = "<<";

    private final Iterator<Event> events;
    private final YamlScalars scalars;
    private final Map<Anchor, Located> anchors = new HashMap<>();

    private YamlText(Iterator<Event> events, YamlScalars scalars) {
        this.events = events;
        this.scalars = scalars;
    }

    static Located read(String text, Variables variables) throws BadConfigException {
        var settings =
                LoadSettings.builder()
                        .setCodePointLimit(DocumentText.MAX_CHARACTERS)
                        .setAllowDuplicateKeys(false)
                        .build();
        try {
            var events = new Parse(settings).parseString(text).iterator();
            return new YamlText(events, new YamlScalars(variables)).document();
        } catch (MarkedYamlEngineException e) {
            throw BadConfigException.syntax(
                    "no YAML: " + e.getProblem(),
                    line(e.getProblemMark()),
                    column(e.getProblemMark()));
        } catch (ReaderException e) {
            throw unreadable(text, e.getPosition());
        } catch (YamlEngineException e) {
            throw BadConfigException.syntax("no YAML: " + e.getMessage(), 1, 1);
        }
    }

    private static BadConfigException unreadable(String text, int position) {
        String before = text.substring(0, Math.clamp(position, 0, text.length()));
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return BadConfigException.syntax(
                "no YAML: a character that may not stand in a text",
                line,
                before.length() - before.lastIndexOf('\n'));
    }

    private Located document() throws BadConfigException {
        events.next(); // the stream's start
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            throw BadConfigException.syntax(DocumentText.NO_OBJECT, 1, 1);
        }
        Located root = value(events.next(), 0);
        events.next(); // the document's end
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw at(after, "a second document begins (expected: one in a file)");
        }
        return root;
    }

    private Located value(Event event, int depth) throws BadConfigException {
        if (depth > MAX_DEPTH) {
            throw at(event, "nested deeper than " + MAX_DEPTH + " levels");
        }
        Located value =
                switch (event) {
                    case ScalarEvent scalar -> scalars.read(scalar);
                    case SequenceStartEvent sequence -> sequence(sequence, depth);
                    case MappingStartEvent mapping -> mapping(mapping, depth);
                    case AliasEvent alias -> alias(alias);
                    default -> throw at(event, "expected a value");
                };
        if (value.size() > DocumentText.MAX_VALUES) {
            throw at(
                    event,
                    "more than %,d values, aliases spelled out".formatted(DocumentText.MAX_VALUES));
        }
        if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
            node.getAnchor().ifPresent(anchor -> anchors.put(anchor, value));
        }
        return value;
    }

    private Located alias(AliasEvent alias) throws BadConfigException {
        Located value = anchors.get(alias.getAlias());
        if (value == null) {
            throw at(
                    alias,
                    "*"
                            + alias.getAlias().getValue()
                            + " (expected: an anchor that is complete further up)");
        }
        return value.at(line(alias.getStartMark()), column(alias.getStartMark()));
    }

    private Located sequence(SequenceStartEvent start, int depth) throws BadConfigException {
        ArrayNode json = Json.array();
        Map<String, Located> parts = new LinkedHashMap<>();
        long size = 1;
        for (Event next = events.next();
                next.getEventId() != Event.ID.SequenceEnd;
                next = events.next()) {
            Located element = value(next, depth + 1);
            json.add(element.json());
            parts.put(Integer.toString(json.size()), element);
            size += element.size();
        }
        return new Located(
                json, line(start.getStartMark()), column(start.getStartMark()), parts, size);
    }

    private Located mapping(MappingStartEvent start, int depth) throws BadConfigException {
        Map<String, Located> own = new LinkedHashMap<>();
        Map<String, Located> merged = new LinkedHashMap<>();
        for (Event next = events.next();
                next.getEventId() != Event.ID.MappingEnd;
                next = events.next()) {
            if (!(next instanceof ScalarEvent key)) {
                throw at(next, "a list or a mapping as a key (expected: a text)");
            }
            DocumentText.checkCharacters(
                    key.getValue(), line(key.getStartMark()), column(key.getStartMark()));
            Located value =
                    value(events.next(), depth + 1)
                            .at(line(key.getStartMark()), column(key.getStartMark()));
            if (key.isPlain() && key.getValue().equals(MERGE)) {
                merge(value, merged);
            } else if (own.put(key.getValue(), value) != null) {
                throw at(key, "the key '" + key.getValue() + "' is there twice");
            }
        }
        merged.forEach(own::putIfAbsent);
        ObjectNode json = Json.object();
        long size = 1;
        for (var entry : own.entrySet()) {
            json.set(entry.getKey(), entry.getValue().json());
            size += entry.getValue().size();
        }
        return new Located(
                json, line(start.getStartMark()), column(start.getStartMark()), own, size);
    }

    /// Of several merged mappings the first one with a key counts.
    private static void merge(Located value, Map<String, Located> merged)
            throws BadConfigException {
        if (value.json().isArray()) {
            for (Located part : value.parts().values()) {
                merge(part, merged);
            }
        } else if (value.json().isObject()) {
            value.parts().forEach(merged::putIfAbsent);
        } else {
            throw BadConfigException.syntax(
                    "<< (expected: an alias of a mapping, such as *defaults)",
                    value.line(),
                    value.column());
        }
    }

    private static BadConfigException at(Event event, String message) {
        return BadConfigException.syntax(
                message, line(event.getStartMark()), column(event.getStartMark()));
    }

    static int line(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    static int column(Optional<Mark> mark) {
        return mark.map(Mark::getColumn).orElse(0) + 1;
    }
}
