package dev.torii.engine.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.bedrock.Frames;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.CredentialException;
import dev.torii.engine.provider.Endpoint;
import dev.torii.engine.provider.Outgoing;
import dev.torii.engine.provider.Wanted;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.StreamEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where Bedrock is, and how a request to it is vouched for.
class BedrockProviderTest {

    private static final String MODEL = "us.amazon.nova-2-lite-v1:0";
    private static final Map<String, String> KEYS =
            Map.of(
                    "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
                    "AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                    "AWS_REGION", "us-east-1");

    private static BedrockProvider provider(Map<String, String> environment) {
        return new BedrockProvider(
                new AwsEnvironment(environment::get),
                InstantSource.fixed(Instant.parse("2026-11-29T12:00:00Z")));
    }

    private static LlmTarget target(String model, String options, LlmTarget.@Nullable Auth auth)
            throws Exception {
        return new LlmTarget(
                "bedrock",
                model,
                RouteType.CHAT,
                (ObjectNode) Json.parse(options),
                auth,
                null,
                null);
    }

    private static Outgoing call(Endpoint endpoint) {
        return new Outgoing("POST", endpoint, null, "{\"messages\":[]}".getBytes(UTF_8));
    }

    private static final Endpoint SERVER =
            new Endpoint(
                    "https",
                    "bedrock-runtime.us-east-1.amazonaws.com",
                    443,
                    "/model/us.amazon.nova-2-lite-v1%3A0/converse");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "us.amazon.nova-2-lite-v1:0 | {} | false | https://bedrock-runtime.us-east-1.amazonaws.com:443/model/us.amazon.nova-2-lite-v1%3A0/converse",
                "us.amazon.nova-2-lite-v1:0 | {\"bedrock\":{\"aws_region\":\"eu-west-1\"}} | true | https://bedrock-runtime.eu-west-1.amazonaws.com:443/model/us.amazon.nova-2-lite-v1%3A0/converse-stream",
                "arn:aws:bedrock:us-east-1:1:application-inference-profile/ab~c | {} | false | https://bedrock-runtime.us-east-1.amazonaws.com:443/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Aapplication-inference-profile%2Fab~c/converse",
                "m | {\"upstream_url\":\"http://127.0.0.1:9/\"} | false | http://127.0.0.1:9/model/m/converse",
                "m | {\"upstream_url\":\"https://vpce.example/own/path\"} | true | https://vpce.example:443/own/path",
                "m | {\"upstream_path\":\"/x\"} | true | https://bedrock-runtime.us-east-1.amazonaws.com:443/x"
            })
    void knowsWhereAModelIs(String model, String options, boolean stream, String url)
            throws Exception {
        Endpoint endpoint =
                provider(KEYS)
                        .endpoint(
                                target(model, options, null),
                                new Wanted(Operation.CHAT, "bedrock", stream));
        assertThat(
                        "%s://%s:%d%s"
                                .formatted(
                                        endpoint.scheme(),
                                        endpoint.host(),
                                        endpoint.port(),
                                        endpoint.path()))
                .isEqualTo(url);
    }

    @ParameterizedTest
    @CsvSource({
        "us.amazon.nova-2-lite-v1:0, bedrock",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0, bedrock anthropic",
        "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc, bedrock"
    })
    void speaksAnthropicsWordsWithClaudeAsWell(String model, String dialects) throws Exception {
        assertThat(
                        provider(KEYS).dialects(target(model, "{}", null)).stream()
                                .map(ProviderDialect::name))
                .containsExactly(dialects.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "false, /model/x.anthropic.claude/invoke",
        "true, /model/x.anthropic.claude/invoke-with-response-stream"
    })
    void invokesAClaude(boolean stream, String path) throws Exception {
        LlmTarget target = target("x.anthropic.claude", "{}", null);
        assertThat(
                        provider(KEYS)
                                .endpoint(target, new Wanted(Operation.CHAT, "anthropic", stream))
                                .path())
                .isEqualTo(path);
    }

    /// Row 38: the model and the stream are said elsewhere, the version in the body; all other
    /// bytes pass.
    @Test
    void saysAClaudeItsVersionAndLeavesTheRest() {
        var body =
                new LlmBody(
                        "{\"model\":\"claude\",  \"max_tokens\": 1.0e1,\"stream\":true,\"messages\":[ ]}"
                                .getBytes(UTF_8));
        new InvokedClaude().decide(body, Decided.of("x", true, Json.object()));
        assertThat(new String(body.bytes(), UTF_8))
                .contains("\"max_tokens\": 1.0e1", "\"messages\":[ ]")
                .contains("\"anthropic_version\":\"bedrock-2023-05-31\"")
                .doesNotContain("model", "stream");
    }

    @Test
    void readsARefusalOfAClaudeInAmazonsWords() {
        LlmError error =
                new InvokedClaude()
                        .readError(
                                403,
                                name -> "ExpiredTokenException:http://x/",
                                "{\"message\":\"token\"}".getBytes(UTF_8));
        assertThat(error.kind()).isEqualTo(LlmError.Kind.AUTH);
    }

    @ParameterizedTest
    @CsvSource({
        "throttlingException, RATE_LIMIT",
        "serviceUnavailableException, OVERLOADED",
        "modelTimeoutException, TIMEOUT",
        "validationException, INVALID",
        "internalServerException, SERVER"
    })
    void tellsOfExceptionsInAnthropicsWords(String type, LlmError.Kind kind) {
        var claude = new InvokedClaude();
        var events = new ArrayList<StreamEvent>();
        EventReader reader = claude.reader();
        reader.read(
                claude.unwrapping()
                        .events(ByteBuffer.wrap(Frames.exception(type, "{\"message\":\"why\"}"))),
                events::add);
        assertThat(events)
                .first()
                .isInstanceOfSatisfying(
                        StreamEvent.Failed.class,
                        failed -> {
                            assertThat(failed.error().kind()).isEqualTo(kind);
                            assertThat(failed.error().message()).isEqualTo("why");
                        });
    }

    @Test
    void signsWithTheKeysOfTheConfiguration() throws Exception {
        var auth =
                new LlmTarget.Auth(
                        null,
                        null,
                        null,
                        null,
                        null,
                        false,
                        new LlmTarget.Aws(new Secret("AKIDOTHER"), new Secret("s")),
                        null,
                        null);
        assertThat(
                        provider(
                                        Map.of(
                                                "AWS_DEFAULT_REGION",
                                                "us-east-1",
                                                "AWS_SESSION_TOKEN",
                                                "not its own",
                                                "AWS_BEARER_TOKEN_BEDROCK",
                                                "not its own"))
                                .credentials(target(MODEL, "{}", auth), call(SERVER))
                                .get())
                .hasSize(2)
                .containsEntry("X-Amz-Date", "20261129T120000Z")
                .hasEntrySatisfying(
                        "Authorization",
                        value ->
                                assertThat(value)
                                        .matches(
                                                "AWS4-HMAC-SHA256 Credential=AKIDOTHER/20261129/us-east-1/bedrock/aws4_request,"
                                                        + " SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}"));
    }

    /// The signature is what Amazon's own library for Python makes of the same request.
    @Test
    void signsAsAmazonsOwnLibraryDoes() throws Exception {
        assertThat(
                        provider(KEYS)
                                .credentials(target(MODEL, "{}", null), call(SERVER))
                                .get()
                                .get("Authorization"))
                .endsWith(
                        "SignedHeaders=host;x-amz-date, Signature=1899206c90fcd6f88ba77926a9110c8dc3338f859361be27bb3daa57dc165d4a");
    }

    @Test
    void signsWithTheTokenOfKeysForATime() throws Exception {
        Map<String, String> keys = new HashMap<>(KEYS);
        keys.put("AWS_SESSION_TOKEN", "token");
        Map<String, String> headers =
                provider(keys).credentials(target(MODEL, "{}", null), call(SERVER)).get();
        assertThat(headers).containsEntry("X-Amz-Security-Token", "token");
        assertThat(headers.get("Authorization")).contains("host;x-amz-date;x-amz-security-token");
    }

    @Test
    void signsTheHostAsItIsSent() throws Exception {
        var own = new Endpoint("http", "127.0.0.1", 9000, "/model/m/converse");
        var usual = new Endpoint("http", "127.0.0.1", 80, "/model/m/converse");
        assertThat(provider(KEYS).credentials(target(MODEL, "{}", null), call(own)).get())
                .isNotEqualTo(
                        provider(KEYS).credentials(target(MODEL, "{}", null), call(usual)).get());
    }

    @Test
    void leavesAHeaderOfTheConfigurationAlone() throws Exception {
        var auth =
                new LlmTarget.Auth(
                        "Authorization", new Secret("Bearer key"), null, null, null, false);
        assertThat(provider(KEYS).credentials(target(MODEL, "{}", auth), call(SERVER)).get())
                .isEmpty();
    }

    @Test
    void takesAnApiKeyOfTheEnvironment() throws Exception {
        Map<String, String> environment = new HashMap<>(KEYS);
        environment.put("AWS_BEARER_TOKEN_BEDROCK", "bedrock-api-key-x");
        assertThat(provider(environment).credentials(target(MODEL, "{}", null), call(SERVER)).get())
                .isEqualTo(Map.of("Authorization", "Bearer bedrock-api-key-x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "X | AWS region not specified anywhere",
                "AWS_REGION | no AWS credentials: set auth.aws_access_key_id and auth.aws_secret_access_key, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the gateway's environment"
            })
    void saysWhatIsMissing(String known, String message) throws Exception {
        LlmTarget target = target(MODEL, "{}", null);
        BedrockProvider provider = provider(Map.of(known, "us-east-1"));
        Endpoint endpoint = provider.endpoint(target, new Wanted(Operation.CHAT, "bedrock", false));
        assertThatThrownBy(provider.credentials(target, call(endpoint))::get)
                .cause()
                .isInstanceOf(CredentialException.class)
                .hasMessage(message);
    }
}
