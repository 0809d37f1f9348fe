package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.StreamEvent;
import dev.torii.model.llm.StreamEvent.Opening;
import dev.torii.model.llm.TokenUsage;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads a whole `GenerateContentResponse`.
final class GeminiAnswerReader {

    private GeminiAnswerReader() {}

    /// Where a stream was asked for as a JSON array, the whole array is an answer in pieces.
    static LlmAnswer read(byte[] body) throws UnreadableAnswerException {
        List<JsonNode> pieces = new ArrayList<>();
        JsonNode json = Json.parseOrNull(body);
        if (json instanceof ArrayNode array) {
            array.forEach(pieces::add);
        } else if (json != null) {
            pieces.add(json);
        }
        if (pieces.isEmpty() || !isAnswer(pieces.getFirst())) {
            throw new UnreadableAnswerException(
                    "'candidates' not in gemini://llm/v1/chat response");
        }
        return read(pieces);
    }

    private static boolean isAnswer(JsonNode piece) {
        return piece.has("candidates") || piece.has("promptFeedback");
    }

    private static LlmAnswer read(List<JsonNode> pieces) {
        Map<Integer, Building> choices = new TreeMap<>();
        JsonNode first = pieces.getFirst();
        String id = Fields.textOrEmpty(first, "responseId");
        JsonNode usage = Json.object();
        boolean blocked = false;
        for (JsonNode piece : pieces) {
            int position = 0;
            for (JsonNode candidate : piece.path("candidates")) {
                int index = candidate.path("index").asInt(position++);
                choices.computeIfAbsent(index, Building::new).read(candidate, id);
            }
            usage = piece.path("usageMetadata").isObject() ? piece.path("usageMetadata") : usage;
            blocked |= isBlocked(piece);
        }
        List<LlmAnswer.Choice> whole = new ArrayList<>();
        choices.values().forEach(choice -> whole.add(choice.end()));
        if (whole.isEmpty() && blocked) {
            whole.add(new LlmAnswer.Choice(0, List.of(), Finish.of(Finish.Kind.CONTENT_FILTER)));
        }
        return new LlmAnswer(
                id.isEmpty() ? null : id,
                created(first),
                Fields.text(first, "modelVersion"),
                whole,
                GeminiUsage.read(usage, TokenUsage.Source.FINAL));
    }

    /// Whether the prompt was not even answered.
    static boolean isBlocked(JsonNode answer) {
        return answer.path("promptFeedback").hasNonNull("blockReason");
    }

    /// Vertex AI says when.
    static long created(JsonNode answer) {
        String time = Fields.text(answer, "createTime");
        if (time == null) {
            return 0;
        }
        try {
            return Instant.parse(time).getEpochSecond();
        } catch (DateTimeParseException e) {
            return 0;
        }
    }

    /// What Google searched an answer in, as OpenAI's `url_citation`.
    static List<ObjectNode> citations(JsonNode grounding) {
        List<ObjectNode> citations = new ArrayList<>();
        for (JsonNode chunk : grounding.path("groundingChunks")) {
            String url = Fields.text(chunk.path("web"), "uri");
            if (url != null) {
                ObjectNode citation = Json.object().put("type", "url_citation");
                citation.putObject("url_citation")
                        .put("url", url)
                        .put("title", Fields.text(chunk.path("web"), "title"));
                citations.add(citation);
            }
        }
        return citations;
    }

    /// Puts one candidate together.
    private static final class Building {

        private final int index;
        private final GeminiChoice choice;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private JsonNode grounding = Json.object();
        private @Nullable Opening open;

        Building(int index) {
            this.index = index;
            this.choice = new GeminiChoice(index, this::take, other -> parts.add(other(other)));
        }

        void read(JsonNode candidate, String id) {
            choice.read(candidate, id);
            grounding =
                    candidate.has("groundingMetadata")
                            ? candidate.path("groundingMetadata")
                            : grounding;
        }

        LlmAnswer.Choice end() {
            choice.close(null);
            annotate();
            return new LlmAnswer.Choice(index, parts, choice.finish());
        }

        private void take(StreamEvent event) {
            switch (event) {
                case StreamEvent.PartStart(var _, var _, var opening) -> {
                    open = opening;
                    text.setLength(0);
                }
                case StreamEvent.PartDelta(var _, var _, var piece) -> text.append(piece);
                case StreamEvent.PartEnd(var _, var _, var seal) ->
                        parts.add(
                                switch (open) {
                                    case Opening.Thinking(var summary) ->
                                            new Part.Thinking(text.toString(), summary, seal);
                                    case Opening.ToolCall(var id, var name, var custom) ->
                                            new Part.ToolCall(
                                                    id, name, text.toString(), custom, seal);
                                    case Opening.Refusal _ -> new Part.Refusal(text.toString());
                                    case Opening.Image(var source) ->
                                            new Part.Image(source, null, null);
                                    case Opening.Text _ -> new Part.Text(text.toString());
                                    case null -> new Part.Text(text.toString());
                                });
                default -> {}
            }
        }

        private static Part other(ObjectNode part) {
            Part media = GeminiMediaReader.read(part);
            return media == null ? new Part.Opaque(GeminiDialect.NAME, part) : media;
        }

        /// Says on its last text what it was found in.
        private void annotate() {
            List<ObjectNode> annotations = citations(grounding);
            for (int i = parts.size() - 1; i >= 0 && !annotations.isEmpty(); i--) {
                if (parts.get(i) instanceof Part.Text(var words, var cache, var _)) {
                    parts.set(i, new Part.Text(words, cache, annotations));
                    return;
                }
            }
        }
    }
}
