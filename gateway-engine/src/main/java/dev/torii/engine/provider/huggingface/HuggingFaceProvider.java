package dev.torii.engine.provider.huggingface;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.embedding.HuggingFaceEmbeddings;
import dev.torii.engine.dialect.tgi.TextGenerationDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Hugging Face: chats in OpenAI's words through its router, which passes them to whoever serves
/// the model; completions natively. Source: Hugging Face's "Inference Providers".
@AutoService(Provider.class)
public final class HuggingFaceProvider implements Provider {

    private static final Endpoint ROUTER = new Endpoint("https", "router.huggingface.co", 443, "");
    private static final String INFERENCE = "/hf-inference";
    private static final String CHAT = "/v1/chat/completions";

    private final List<ProviderDialect> chat =
            List.of(new ChatProviderDialect(ChatProfile.HUGGINGFACE));
    private final List<ProviderDialect> generation = List.of(new TextGenerationDialect());
    private final EmbeddingDialect embeddings = new HuggingFaceEmbeddings();

    @Override
    public String name() {
        return "huggingface";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        return chat;
    }

    @Override
    public List<ProviderDialect> completing(LlmTarget target) {
        return generation;
    }

    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return operation == Operation.PASS || operation == Operation.CHAT;
    }

    @Override
    public EmbeddingDialect embeddings(LlmTarget target) {
        return embeddings;
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        if (wanted.operation() == Operation.PASS) {
            return Endpoint.of(target.options(), ROUTER, wanted.path());
        }
        String model = "/models/" + target.model();
        if (wanted.operation() == Operation.EMBEDDINGS) {
            String call = model + "/pipeline/feature-extraction";
            return Endpoint.of(target.options(), ROUTER, INFERENCE, call);
        }
        boolean chat = wanted.operation() == Operation.CHAT;
        if (wanted.dialect().equals(TextGenerationDialect.NAME)) {
            Endpoint usual = ROUTER.withPath(INFERENCE + model);
            return Endpoint.of(target.options(), usual, "");
        }
        Endpoint server = Endpoint.of(target.options(), ROUTER, "");
        boolean given = target.options().path("upstream_path").isTextual();
        return chat && !given && !server.path().endsWith(CHAT)
                ? server.withPath(withoutEnd(server.path()) + CHAT)
                : server;
    }

    /// An address that ends in `/` or in `/v1`, as SDKs call a base URL, without that.
    private static String withoutEnd(String path) {
        return path.replaceFirst("(/v1)?/?$", "");
    }

    @Override
    public Map<String, String> headers(LlmTarget target) {
        var settings = target.options().path("huggingface");
        Map<String, String> headers = new TreeMap<>();
        if (settings.path("use_cache").isBoolean()) {
            headers.put("x-use-cache", settings.path("use_cache").asText());
        }
        if (settings.path("wait_for_model").isBoolean()) {
            headers.put("x-wait-for-model", settings.path("wait_for_model").asText());
        }
        return headers;
    }
}
