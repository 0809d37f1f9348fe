package dev.torii.engine.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.embedding.GeminiEmbeddings;
import dev.torii.engine.dialect.embedding.VertexEmbeddings;
import dev.torii.engine.dialect.gemini.GeminiDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Outgoing;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Google AI Studio, or Vertex AI where `model.options.gemini` says so, which serves Claude too.
/// The model and whether to stream stand in the path. Source: Google's Gemini API reference; Vertex
/// AI's REST reference, "publishers.models".
@AutoService(Provider.class)
public final class GeminiProvider implements Provider {

    private static final String NAME = "gemini";

    private static final Endpoint AI_STUDIO =
            new Endpoint("https", "generativelanguage.googleapis.com", 443, "");

    private final List<ProviderDialect> gemini = List.of(new GeminiDialect());
    private final List<ProviderDialect> claude = List.of(new VertexClaude());
    private final EmbeddingDialect embeddings = new GeminiEmbeddings();
    private final EmbeddingDialect vertexEmbeddings = new VertexEmbeddings();
    private final AccessTokens tokens;

    public GeminiProvider() {
        this(new AccessTokens(InstantSource.system(), System::getenv));
    }

    GeminiProvider(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return isClaude(target) ? claude : gemini;
    }

    @Override
    public @Nullable EmbeddingDialect embeddings(LlmTarget target) {
        if (isClaude(target)) {
            return null;
        }
        return isVertex(target) ? vertexEmbeddings : embeddings;
    }

    private static boolean isVertex(LlmTarget target) {
        return target.options().path(NAME).hasNonNull("project_id");
    }

    private static boolean isClaude(LlmTarget target) {
        return isVertex(target) && target.model() != null && target.model().startsWith("claude-");
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        JsonNode options = target.options();
        JsonNode vertex = options.path(NAME);
        Endpoint server = server(options, vertex);
        String upstreamPath = options.path("upstream_path").textValue();
        Endpoint endpoint =
                upstreamPath != null
                        ? server.withPath(upstreamPath)
                        : switch (server.path()) {
                            case "", "/", "/v1", "/v1/", "/v1beta", "/v1beta/" ->
                                    server.withPath(path(server.path(), vertex, target, wanted));
                            default -> server;
                        };
        // A client of Gemini's own says itself how it wants its stream framed.
        return wanted.stream() && wanted.translated() && !isClaude(target)
                ? endpoint.withQuery("alt=sse")
                : endpoint;
    }

    private static Endpoint server(JsonNode options, JsonNode vertex) {
        String url = options.path("upstream_url").textValue();
        if (url != null) {
            return Endpoint.parse(url);
        }
        String host = vertex.path("api_endpoint").textValue();
        if (host == null) {
            return AI_STUDIO;
        }
        return Endpoint.parse(host.contains("://") ? host : "https://" + host);
    }

    private static String path(String base, JsonNode vertex, LlmTarget target, Wanted wanted) {
        boolean claude = isClaude(target);
        String project = vertex.path("project_id").textValue();
        String location = vertex.path("location_id").textValue();
        String above =
                project != null && location != null
                        ? "/v1/projects/%s/locations/%s/publishers/%s"
                                .formatted(
                                        encoded(project),
                                        encoded(location),
                                        claude ? "anthropic" : "google")
                        : base.startsWith("/v1/") || base.equals("/v1") ? "/v1" : "/v1beta";
        String model = target.model() == null ? "" : target.model();
        return above + (claude ? ofClaude(model, wanted) : ofGemini(model, wanted));
    }

    private static String ofGemini(String model, Wanted wanted) {
        boolean whole = model.startsWith("models/") || model.startsWith("tunedModels/");
        String call =
                switch (wanted.operation()) {
                    case COUNT_TOKENS -> "countTokens";
                    case EMBEDDINGS ->
                            wanted.dialect().equals(NAME) ? "batchEmbedContents" : "predict";
                    case PASS -> wanted.path().substring(wanted.path().lastIndexOf(':') + 1);
                    case CHAT, COMPLETIONS, MODELS ->
                            wanted.stream() ? "streamGenerateContent" : "generateContent";
                };
        return "/" + encoded(whole ? model : "models/" + model) + ":" + call;
    }

    private static String ofClaude(String model, Wanted wanted) {
        if (wanted.operation() == Operation.COUNT_TOKENS) {
            return "/models/count-tokens:rawPredict";
        }
        return "/models/"
                + encoded(model)
                + (wanted.stream() ? ":streamRawPredict" : ":rawPredict");
    }

    /// Slashes stay: they are part of some names.
    private static String encoded(String path) {
        try {
            return new URI(null, null, "/" + path, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no path can have '" + path + "'", e);
        }
    }

    @Override
    public CompletableFuture<Map<String, String>> credentials(LlmTarget target, Outgoing call) {
        LlmTarget.Google google = google(target);
        return google == null
                ? CompletableFuture.completedFuture(Map.of())
                : tokens.token(google.serviceAccount())
                        .thenApply(token -> Map.of("authorization", "Bearer " + token));
    }

    private static LlmTarget.@Nullable Google google(LlmTarget target) {
        return target.auth() == null ? null : target.auth().google();
    }
}
