package dev.torii.engine.provider.azure;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.dialect.responses.ResponsesDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// OpenAI's models at Azure, by the path of a deployment and a dated version of the API, or by the
/// path `/openai/v1` where the version is `v1`, which alone has Responses. Source: Azure OpenAI's
/// API reference.
@AutoService(Provider.class)
public final class AzureProvider implements Provider {

    /// The first version that knows of models that think. Later ones are greater as texts, `v1`
    /// too.
    private static final String KNOWS_THOUGHTS = "2024-09-01";

    private static final String V1 = "v1";

    private static final Pattern KEPT =
            Pattern.compile("/(?:files|batches|uploads|assistants|threads|vector_stores)(?:/.*)?");

    private final List<ProviderDialect> chat = List.of(new ChatProviderDialect(ChatProfile.AZURE));
    private final List<ProviderDialect> responses = List.of(new ResponsesDialect());
    private final List<ProviderDialect> both = List.of(chat.getFirst(), responses.getFirst());
    private final List<ProviderDialect> olderChat =
            List.of(new ChatProviderDialect(ChatProfile.AZURE_BEFORE_THOUGHTS));

    @Override
    public String name() {
        return "azure";
    }

    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        String version = version(target);
        if (onlyResponses(target)) {
            return responses;
        }
        if (version.equals(V1) && !elsewhere(target)) {
            return both;
        }
        return version.compareTo(KNOWS_THOUGHTS) >= 0 ? chat : olderChat;
    }

    /// An address that is given is that of one call.
    private static boolean elsewhere(LlmTarget target) {
        return target.options().hasNonNull("upstream_url")
                || target.options().hasNonNull("upstream_path");
    }

    private static boolean onlyResponses(LlmTarget target) {
        return Endpoint.endsIn(target.options(), "/responses");
    }

    @Override
    public boolean takes(Operation operation, LlmTarget target) {
        return operation != Operation.COUNT_TOKENS
                && (operation != Operation.CHAT || !onlyResponses(target));
    }

    private static String version(LlmTarget target) {
        return target.options().path("azure_api_version").asText("2023-05-15");
    }

    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        String call =
                switch (wanted.operation()) {
                    case CHAT, COUNT_TOKENS ->
                            wanted.dialect().equals(ResponsesDialect.NAME)
                                    ? "/responses"
                                    : "/chat/completions";
                    case COMPLETIONS -> "/completions";
                    case EMBEDDINGS -> "/embeddings";
                    case MODELS -> "/models";
                    case PASS -> wanted.path();
                };
        String version = version(target);
        Endpoint usual = usual(target, call);
        Endpoint endpoint = Endpoint.of(target.options(), usual, "");
        if (endpoint.path().isEmpty()) {
            endpoint = endpoint.withPath(usual.path());
        }
        return version.equals(V1)
                ? endpoint
                : endpoint.withQuery("api-version=" + encoded(version));
    }

    private static Endpoint usual(LlmTarget target, String call) {
        String host = target.options().path("azure_instance").asText() + ".openai.azure.com";
        var server = new Endpoint("https", host, 443, "");
        if (call.isEmpty()) {
            return server;
        }
        if (version(target).equals(V1)) {
            return server.withPath("/openai/v1" + call);
        }
        // What is kept belongs to no deployment.
        boolean ofModel = !KEPT.matcher(call).matches();
        return server.withPath(
                ofModel
                        ? "/openai/deployments/"
                                + encoded(target.options().path("azure_deployment_id").asText())
                                + call
                        : "/openai" + call);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
