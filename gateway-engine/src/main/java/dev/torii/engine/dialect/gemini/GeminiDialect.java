package dev.torii.engine.dialect.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.EventWriter;
import dev.torii.engine.dialect.ModelCard;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Operation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Google's `generateContent` and `streamGenerateContent`, as clients and as providers speak them,
/// AI Studio and Vertex AI alike. The model and whether to stream stand in the path, not in the
/// body. Source: Google's Gemini API reference, "Generating content".
@AutoService(ClientDialect.class)
public final class GeminiDialect implements ClientDialect, ProviderDialect {

    public static final String NAME = "gemini";

    private static final GeminiDialect OF_ARRAYS = new GeminiDialect(false);

    private final boolean events;

    public GeminiDialect() {
        this(true);
    }

    /// @param events whether streams to clients are made of events; of one JSON array otherwise
    private GeminiDialect(boolean events) {
        this.events = events;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public @Nullable Operation operation(String path) {
        GeminiPath read = GeminiPath.of(path);
        return read == null ? null : read.operation();
    }

    @Override
    public boolean marked(Function<String, @Nullable String> header) {
        return header.apply("x-goog-api-key") != null || header.apply("x-goog-api-client") != null;
    }

    @Override
    public boolean recognizes(ObjectNode body) {
        return body.path("contents").isContainerNode();
    }

    @Override
    public boolean holdsChat(ObjectNode body) {
        return recognizes(body) && !body.path("contents").isEmpty();
    }

    @Override
    public @Nullable String model(String path, ObjectNode body) {
        GeminiPath read = GeminiPath.of(path);
        return read == null || read.model() == null
                ? ClientDialect.super.model(path, body)
                : read.model();
    }

    @Override
    public boolean streams(String path, ObjectNode body) {
        GeminiPath read = GeminiPath.of(path);
        return read != null && read.streams();
    }

    /// Reads also what `countTokens` is asked about.
    @Override
    public LlmRequest readRequest(ObjectNode body) throws UnsayableException {
        ObjectNode counted = GeminiFields.object(body, "generateContentRequest");
        return GeminiRequestReader.read(counted == null ? body : counted);
    }

    @Override
    public void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after) {
        GeminiDecisions.surround(body, before, after);
    }

    @Override
    public boolean cites() {
        return true;
    }

    @Override
    public boolean shows() {
        return true;
    }

    @Override
    public byte[] writeAnswer(LlmAnswer answer, LlmRequest request) {
        return Json.bytes(GeminiAnswerWriter.json(answer, request));
    }

    /// Server-sent events are for clients that ask with `alt=sse`, as all of Google's do, one JSON
    /// array for all others.
    @Override
    public ClientDialect asked(Function<String, @Nullable String> query) {
        return "sse".equals(query.apply("alt")) ? this : OF_ARRAYS;
    }

    @Override
    public String streamType() {
        return frames().contentType();
    }

    @Override
    public EventWriter writer(LlmRequest request) {
        return new GeminiEventWriter(request, frames());
    }

    private GeminiFrames frames() {
        return events ? new GeminiFrames.Events() : new GeminiFrames.Array();
    }

    @Override
    public byte[] writeError(LlmError error) {
        return Json.bytes(GeminiErrors.json(error));
    }

    @Override
    public byte[] writeFailure(LlmError error, int number) {
        var out = new ByteArrayOutputStream();
        GeminiFrames frames = frames();
        frames.chunk(GeminiErrors.json(error), out);
        frames.end(out);
        return out.toByteArray();
    }

    /// Source: Google's Gemini API reference, "Counting tokens".
    @Override
    public byte[] writeCount(long tokens) {
        return Json.bytes(Json.object().put("totalTokens", tokens));
    }

    @Override
    public byte[] writeModels(List<ModelCard> models) {
        return Json.bytes(GeminiModels.json(models));
    }

    @Override
    public byte[] writeModel(ModelCard model) {
        return Json.bytes(GeminiModels.json(model));
    }

    @Override
    public int longestToolName() {
        return 128;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new GeminiRequestWriter(request, losses).json();
    }

    @Override
    public void decide(LlmBody request, Decided decided) {
        GeminiDecisions.decide(request, decided);
    }

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        return GeminiAnswerReader.read(body);
    }

    /// Reads server-sent events, or the JSON array that comes where nobody asked for them.
    @Override
    public EventReader reader() {
        return new GeminiEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return GeminiErrors.read(status, body);
    }
}
