package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AmazonErrors;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.Fields;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingAnswer;
import dev.torii.model.llm.EmbeddingAnswer.Vector;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `POST /model/{model}/invoke` of Bedrock, where each family of models has a body of its own, and
/// the tokens stand in a header. Source: the user guide of Amazon Bedrock, "Inference request
/// parameters and response fields for foundation models".
public final class BedrockEmbeddings implements EmbeddingDialect {

    private static final String TOKENS = "x-amzn-bedrock-input-token-count";
    private static final int MOST_OF_COHERE = 96;

    @Override
    public String name() {
        return "bedrock";
    }

    @Override
    public List<ObjectNode> writeRequests(EmbeddingRequest request, Losses losses)
            throws UnsayableException {
        String model = Objects.requireNonNullElse(request.model(), "").toLowerCase(Locale.ROOT);
        List<String> texts = Inputs.texts(request);
        Inputs.countUnsaid(request, losses);
        List<ObjectNode> calls = new ArrayList<>();
        if (model.contains("cohere.embed")) {
            String type = CohereWords.of(request.purpose(), losses);
            for (List<String> batch : Inputs.batches(texts, MOST_OF_COHERE)) {
                calls.add(cohere(batch, type, request, model));
            }
        } else if (model.contains("nova")) {
            texts.forEach(text -> calls.add(nova(text, request)));
        } else if (model.contains("titan-embed")) {
            losses.droppedIf(request.purpose() != null, "input_type");
            for (String text : texts) {
                calls.add(titan(text, request, model));
            }
        } else {
            throw new UnsayableException(
                    "model: %s is no model of Titan, Nova or Cohere that makes embeddings"
                            .formatted(request.model()));
        }
        return calls;
    }

    private static ObjectNode cohere(
            List<String> texts, String type, EmbeddingRequest request, String model)
            throws UnsayableException {
        ObjectNode json = Json.object();
        json.set("texts", Inputs.array(texts));
        json.put("input_type", type);
        json.putArray("embedding_types").add("float");
        if (request.dimensions() != null) {
            if (model.contains("-v3")) {
                throw hasItsOwn(request);
            }
            json.put("output_dimension", request.dimensions());
        }
        return json;
    }

    private static ObjectNode titan(String text, EmbeddingRequest request, String model)
            throws UnsayableException {
        ObjectNode json = Json.object().put("inputText", text);
        if (request.dimensions() != null) {
            if (model.contains("titan-embed-text-v2")) {
                json.put("dimensions", request.dimensions());
            } else if (model.contains("titan-embed-image")) {
                json.putObject("embeddingConfig")
                        .put("outputEmbeddingLength", request.dimensions());
            } else {
                throw hasItsOwn(request);
            }
        }
        return json;
    }

    private static UnsayableException hasItsOwn(EmbeddingRequest request) {
        return new UnsayableException(
                "dimensions: %s makes vectors of one length only; leave it out"
                        .formatted(request.model()));
    }

    private static ObjectNode nova(String text, EmbeddingRequest request) {
        ObjectNode json = Json.object().put("taskType", "SINGLE_EMBEDDING");
        ObjectNode single = json.putObject("singleEmbeddingParams");
        single.put(
                "embeddingPurpose",
                switch (request.purpose()) {
                    case QUERY -> "TEXT_RETRIEVAL";
                    case CLASSIFICATION -> "CLASSIFICATION";
                    case CLUSTERING, SIMILARITY -> "CLUSTERING";
                    case DOCUMENT -> "GENERIC_INDEX";
                    case null -> "GENERIC_INDEX";
                });
        // Rather a refusal than a vector of half a text.
        single.putObject("text").put("truncationMode", "NONE").put("value", text);
        if (request.dimensions() != null) {
            single.put("embeddingDimension", request.dimensions());
        }
        return json;
    }

    @Override
    public EmbeddingAnswer readAnswer(byte[] body, Function<String, @Nullable String> headers)
            throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null) {
            throw new UnreadableAnswerException("the answer is no JSON object");
        }
        return new EmbeddingAnswer(null, vectors(answer), tokens(answer, headers));
    }

    private static List<Vector> vectors(ObjectNode answer) throws UnreadableAnswerException {
        if (answer.has("embedding")) {
            return List.of(Vectors.read(answer.path("embedding")));
        }
        JsonNode embeddings = answer.path("embeddings");
        if (embeddings.isObject()) {
            return Vectors.readAll(embeddings.path("float"));
        }
        if (!embeddings.path(0).isObject()) {
            return Vectors.readAll(embeddings);
        }
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode embedding : embeddings) {
            vectors.add(Vectors.read(embedding.path("embedding")));
        }
        return vectors;
    }

    private static @Nullable Long tokens(
            ObjectNode answer, Function<String, @Nullable String> headers) {
        String header = headers.apply(TOKENS);
        if (header == null) {
            return Fields.wide(answer, "inputTextTokenCount");
        }
        try {
            return Long.valueOf(header.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return readError(status, AnswerHeaders.NONE, body);
    }

    @Override
    public LlmError readError(int status, AnswerHeaders headers, byte[] body) {
        return AmazonErrors.read(status, headers, body);
    }
}
