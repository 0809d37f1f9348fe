package dev.torii.engine.provider.bedrock;

import com.google.auto.service.AutoService;
import dev.torii.engine.dialect.EmbeddingDialect;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.bedrock.BedrockDialect;
import dev.torii.engine.dialect.embedding.BedrockEmbeddings;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.CredentialException;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Outgoing;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.llm.Operation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Amazon Bedrock. Source: Amazon Bedrock's API reference, "Converse", "ConverseStream" and
/// "InvokeModel".
@AutoService(Provider.class)
public final class BedrockProvider implements Provider {

    private static final String SERVICE = "bedrock";

    private final List<ProviderDialect> converse = List.of(new BedrockDialect());
    private final List<ProviderDialect> claude = List.of(converse.getFirst(), new InvokedClaude());
    private final EmbeddingDialect embeddings = new BedrockEmbeddings();
    private final AwsEnvironment environment;
    private final InstantSource clock;

    public BedrockProvider() {
        this(AwsEnvironment.ofProcess(), InstantSource.system());
    }

    BedrockProvider(AwsEnvironment environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "bedrock";
    }

    /// Clients of Anthropic's reach a Claude in its own words; all others go by Converse.
    @Override
    public List<ProviderDialect> dialects(LlmTarget target) {
        String model = target.model();
        return model != null && model.contains("anthropic.claude") ? claude : converse;
    }

    @Override
    public EmbeddingDialect embeddings(LlmTarget target) {
        return embeddings;
    }

    /// Without a region there is no server; [#credentials], which is asked before any is called,
    /// says so.
    @Override
    public Endpoint endpoint(LlmTarget target, Wanted wanted) {
        String url = target.options().path("upstream_url").textValue();
        String path = target.options().path("upstream_path").textValue();
        Endpoint server =
                url == null
                        ? new Endpoint(
                                "https",
                                "bedrock-runtime." + region(target) + ".amazonaws.com",
                                443,
                                "")
                        : Endpoint.parse(url);
        if (path != null) {
            return server.withPath(path);
        }
        return server.path().length() > 1
                ? server
                : server.withPath(
                        "/model/" + encoded(String.valueOf(target.model())) + operation(wanted));
    }

    private static String operation(Wanted wanted) {
        boolean converse =
                wanted.operation() != Operation.EMBEDDINGS
                        && wanted.operation() != Operation.PASS
                        && wanted.dialect().equals(BedrockDialect.NAME);
        if (converse) {
            return wanted.stream() ? "/converse-stream" : "/converse";
        }
        return wanted.stream() ? "/invoke-with-response-stream" : "/invoke";
    }

    /// The id of a model, or an ARN, as one segment of a path.
    private static String encoded(String model) {
        return URLEncoder.encode(model, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private @Nullable String region(LlmTarget target) {
        String region = target.options().path("bedrock").path("aws_region").textValue();
        return region == null || region.isBlank() ? environment.region() : region;
    }

    /// A signature; nothing where the target has a credential that is a header, and an API key
    /// where the environment has one and nothing else is configured.
    @Override
    public CompletableFuture<Map<String, String>> credentials(LlmTarget target, Outgoing call) {
        try {
            return CompletableFuture.completedFuture(vouching(target, call));
        } catch (CredentialException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Map<String, String> vouching(LlmTarget target, Outgoing call)
            throws CredentialException {
        String region = region(target);
        if (region == null) {
            throw new CredentialException("AWS region not specified anywhere");
        }
        LlmTarget.Auth auth = target.auth();
        if (auth != null && auth.headerName() != null) {
            return Map.of();
        }
        AwsKeys keys = keys(auth);
        if (keys == null) {
            return Map.of("Authorization", "Bearer " + apiKey());
        }
        var request =
                new CanonicalRequest(call.method(), call.endpoint().path(), call.query())
                        .header("Host", host(call.endpoint()));
        return new SigV4(keys, region, SERVICE).headers(request, call.body(), clock.instant());
    }

    private @Nullable AwsKeys keys(LlmTarget.@Nullable Auth auth) {
        LlmTarget.Aws configured = auth == null ? null : auth.aws();
        if (configured != null) {
            return new AwsKeys(
                    configured.accessKeyId().reveal(), configured.secretAccessKey().reveal(), null);
        }
        return environment.apiKey() == null ? environment.keys() : null;
    }

    private String apiKey() throws CredentialException {
        String key = environment.apiKey();
        if (key == null) {
            throw new CredentialException(
                    "no AWS credentials: set auth.aws_access_key_id and"
                            + " auth.aws_secret_access_key, or AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY in the gateway's environment");
        }
        return key;
    }

    /// As it is sent: with a port where that is not the scheme's own.
    private static String host(Endpoint endpoint) {
        int usual = endpoint.scheme().equals("https") ? 443 : 80;
        return endpoint.port() == usual ? endpoint.host() : endpoint.host() + ":" + endpoint.port();
    }
}
