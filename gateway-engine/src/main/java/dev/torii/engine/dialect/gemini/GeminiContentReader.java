package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.SealWrap;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.Seal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `systemInstruction` and `contents`. What each function answered becomes a message of its
/// own.
final class GeminiContentReader {

    private final List<Message> messages = new ArrayList<>();
    private final GeminiHistory history = new GeminiHistory();

    /// A thought whose pieces came one by one, as far as it has come.
    private final StringBuilder thought = new StringBuilder();

    private GeminiContentReader() {}

    static List<Message> read(ObjectNode body) throws UnsayableException {
        var reader = new GeminiContentReader();
        reader.system(GeminiFields.of(body, "systemInstruction"));
        JsonNode contents = GeminiFields.of(body, "contents");
        if (!contents.isContainerNode() || contents.isEmpty()) {
            throw new UnsayableException("contents: expected a list of what was said");
        }
        int position = 0;
        for (JsonNode content : GeminiFields.each(body, "contents")) {
            reader.content(content, "contents[" + position++ + "]");
        }
        return reader.messages;
    }

    private void system(JsonNode system) throws UnsayableException {
        if (system.isTextual()) {
            messages.add(new Message(Role.SYSTEM, List.of(new Part.Text(system.textValue()))));
        } else if (!system.path("parts").isEmpty()) {
            messages.add(new Message(Role.SYSTEM, parts(system, "systemInstruction")));
        }
    }

    private void content(JsonNode content, String where) throws UnsayableException {
        if (!content.isObject()) {
            throw new UnsayableException(where + ": expected an object with parts");
        }
        String role = GeminiFields.text(content, "role");
        boolean model =
                switch (role) {
                    case null -> false;
                    case "", "user", "function", "tool" -> false;
                    case "model" -> true;
                    default ->
                            throw new UnsayableException(where + ".role: expected user or model");
                };
        List<Part> parts = parts(content, where);
        if (model) {
            messages.add(new Message(Role.ASSISTANT, parts));
            return;
        }
        List<Part> said = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Part.ToolResult) {
                flush(said);
                messages.add(new Message(Role.TOOL, List.of(part)));
            } else {
                said.add(part);
            }
        }
        flush(said);
    }

    private void flush(List<Part> said) {
        if (!said.isEmpty()) {
            messages.add(new Message(Role.USER, said));
            said.clear();
        }
    }

    private List<Part> parts(JsonNode content, String where) throws UnsayableException {
        List<Part> parts = new ArrayList<>();
        int position = 0;
        for (JsonNode part : GeminiFields.each(content, "parts")) {
            if (!(part instanceof ObjectNode object)) {
                throw new UnsayableException(
                        where + ".parts[" + position + "]: expected an object");
            }
            part(object, parts);
            position++;
        }
        endThought(null, parts);
        return parts;
    }

    private void part(ObjectNode part, List<Part> parts) {
        String signature = GeminiFields.text(part, "thoughtSignature");
        ObjectNode call = GeminiFields.object(part, "functionCall");
        ObjectNode response = GeminiFields.object(part, "functionResponse");
        String text = GeminiFields.text(part, "text");
        if (call != null) {
            endThought(null, parts);
            call(call, signature, parts);
        } else if (response != null) {
            endThought(null, parts);
            parts.add(history.result(response));
        } else if (text != null) {
            text(text, part.path("thought").booleanValue(), signature, parts);
        } else {
            endThought(null, parts);
            Part media = GeminiMediaReader.read(part);
            parts.add(media == null ? new Part.Opaque(GeminiDialect.NAME, part) : media);
        }
    }

    /// Another vendor's seal was that of a thought, which goes before what it led to.
    private void call(ObjectNode json, @Nullable String signature, List<Part> parts) {
        Seal seal = null;
        if (signature != null && SealWrap.isWrapped(signature)) {
            SealWrap.Wrapped wrapped = SealWrap.unwrap(signature);
            if (wrapped != null && wrapped.callId() == null) {
                parts.add(new Part.Thinking("", false, wrapped.seal()));
            } else if (wrapped != null) {
                seal = wrapped.seal();
            }
        } else if (signature != null) {
            seal = own(Seal.Kind.SIGNATURE, signature);
        }
        parts.add(history.call(json, seal));
    }

    private void text(
            String text, boolean isThought, @Nullable String signature, List<Part> parts) {
        if (isThought) {
            thought.append(text);
            if (signature != null) {
                endThought(signature, parts);
            }
            return;
        }
        boolean foreign = signature != null && SealWrap.isWrapped(signature);
        if (signature != null || !text.isEmpty()) {
            endThought(foreign ? signature : null, parts);
        }
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
        if (signature != null && !foreign) {
            parts.add(new Part.Thinking("", true, own(Seal.Kind.ENCRYPTED, signature)));
        }
    }

    private void endThought(@Nullable String signature, List<Part> parts) {
        String whole = thought.toString();
        thought.setLength(0);
        Seal seal =
                signature == null
                        ? null
                        : SealWrap.seal(
                                signature,
                                whole.isEmpty() ? Seal.Kind.ENCRYPTED : Seal.Kind.SIGNATURE,
                                GeminiDialect.NAME);
        boolean summary = seal == null || seal.dialect().equals(GeminiDialect.NAME);
        if (seal != null || !whole.isEmpty()) {
            parts.add(new Part.Thinking(whole, summary, seal));
        }
    }

    private static Seal own(Seal.Kind kind, String signature) {
        return new Seal(kind, GeminiDialect.NAME, signature);
    }
}
