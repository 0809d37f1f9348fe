package dev.torii.engine.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Part;
import com.openai.client.OpenAIClient;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import dev.torii.engine.command.ToriiCommand;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.gateway.Machine;
import dev.torii.engine.settings.Settings;
import dev.torii.model.json.Json;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every vendor's SDK reaches every provider at the one address that `torii all-in-one` makes.
class AllInOneIT {

    private static final Map<String, Vendor> KEYS =
            Map.of(
                    "OPENAI_API_KEY", Vendor.OPENAI,
                    "ANTHROPIC_API_KEY", Vendor.ANTHROPIC,
                    "GEMINI_API_KEY", Vendor.GEMINI,
                    "MISTRAL_API_KEY", Vendor.MISTRAL,
                    "DEEPSEEK_API_KEY", Vendor.DEEPSEEK);

    @TempDir private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Vendor, FakeUpstream> upstreams = new EnumMap<>(Vendor.class);
    private Gateway gateway;
    private OpenAIClient openAi;
    private AnthropicClient anthropic;
    private Client google;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> environment = new HashMap<>();
        KEYS.forEach((variable, vendor) -> {
            environment.put(variable, Vendor.KEY);
            upstreams.put(vendor, new FakeUpstream());
        });
        gateway =
                Gateway.start(
                        Settings.onFreePorts(folder), new Machine(environment, Optional.empty()));
        gateway.running().announce(folder);
        assertThat(
                        ToriiCommand.run(
                                environment,
                                new BufferedReader(Reader.nullReader()),
                                new PrintWriter(new StringWriter()),
                                new PrintWriter(System.err, true, UTF_8),
                                "all-in-one",
                                "--data-dir",
                                folder.toString()))
                .isZero();
        pointAtTheFakes();
        openAi = Sdks.openAi(gateway.proxyUri() + "/v1");
        anthropic = Sdks.anthropic(gateway.proxyUri().toString());
        google = Sdks.google(gateway.proxyUri().toString());
    }

    private void pointAtTheFakes() throws Exception {
        JsonNode plugin = Json.parse(admin("GET", "/plugins", "").getBytes(UTF_8)).at("/data/0");
        ObjectNode config = (ObjectNode) plugin.get("config");
        for (JsonNode target : config.path("targets")) {
            ObjectNode model = (ObjectNode) target.get("model");
            upstreams.forEach((vendor, upstream) -> {
                if (vendor.provider().equals(model.path("provider").asText())) {
                    model.withObjectProperty("options").put("upstream_url", upstream.url());
                }
            });
        }
        config.putArray("aliases")
                .addObject()
                .put("alias", "fast")
                .put("model", "mistral/" + Vendor.MISTRAL.model());
        admin(
                "PATCH",
                "/plugins/" + plugin.path("id").asText(),
                Json.text(Json.object().set("config", config)));
    }

    private String admin(String method, String path, String body) throws Exception {
        HttpResponse<String> response =
                http.send(
                        HttpRequest.newBuilder(gateway.adminUri().resolve(path))
                                .header("content-type", "application/json")
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.body();
    }

    @AfterEach
    void stop() {
        openAi.close();
        anthropic.close();
        google.close();
        gateway.close();
        upstreams.values().forEach(FakeUpstream::close);
        http.close();
    }

    private FakeUpstream upstream(Vendor vendor) {
        return Objects.requireNonNull(upstreams.get(vendor));
    }

    private String chat(String model) {
        var accumulator = ChatCompletionAccumulator.create();
        try (var stream =
                openAi.chat()
                        .completions()
                        .createStreaming(
                                ChatCompletionCreateParams.builder()
                                        .model(model)
                                        .addUserMessage(Vendor.QUESTION)
                                        .build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion().choices().getFirst().message().content().orElse("");
    }

    private String respond(String model) {
        var accumulator = ResponseAccumulator.create();
        try (var stream =
                openAi.responses()
                        .createStreaming(
                                ResponseCreateParams.builder()
                                        .model(model)
                                        .input(Vendor.QUESTION)
                                        .store(false)
                                        .build())) {
            stream.stream().forEach(accumulator::accumulate);
        }
        return accumulator
                .response()
                .output()
                .getLast()
                .asMessage()
                .content()
                .getFirst()
                .asOutputText()
                .text();
    }

    private String message(String model) {
        Message message =
                AnthropicSdkIT.streamed(anthropic, AnthropicSdkIT.question(model).build());
        return message.content().getLast().asText().text();
    }

    private String generate(String model) {
        return GoogleSdkIT.text(
                GoogleSdkIT.parts(
                        GoogleSdkIT.streamed(
                                google,
                                model,
                                List.of(GoogleSdkIT.user(Part.fromText(Vendor.QUESTION))))),
                false);
    }

    private String chain(String dialect, String model) {
        return LangChainIT.streamed(
                        LangChainIT.model(dialect, gateway.proxyUri() + "/v1", model),
                        LangChainIT.question())
                .aiMessage()
                .text();
    }

    private void check(Vendor vendor, boolean own) throws Exception {
        Received asked = upstream(vendor).take();
        vendor.checkHeaders(asked, own);
        assertThat(asked.target() + asked.text())
                .contains(vendor.model())
                .doesNotContain(vendor.provider() + "/" + vendor.model());
        assertThat(asked.text()).contains(Vendor.QUESTION);
    }

    /// A model is named `provider/model`, in whatever dialect.
    @Test
    void everySdkReachesEveryProvider() throws Exception {
        for (Vendor vendor : upstreams.keySet()) {
            String model = vendor.provider() + "/" + vendor.model();
            boolean chats = !List.of(Vendor.ANTHROPIC, Vendor.GEMINI).contains(vendor);
            upstream(vendor).enqueue(vendor.last());
            assertThat(chat(model)).as("chat to %s", vendor).isEqualTo(Vendor.ANSWER);
            check(vendor, chats);
            if (vendor != Vendor.OPENAI) {
                upstream(vendor).enqueue(vendor.last());
                assertThat(respond(model)).as("responses to %s", vendor).isEqualTo(Vendor.ANSWER);
                check(vendor, chats);
            }
            upstream(vendor).enqueue(vendor.last());
            assertThat(message(model)).as("messages to %s", vendor).isEqualTo(Vendor.ANSWER);
            check(vendor, vendor == Vendor.ANTHROPIC);
            upstream(vendor).enqueue(vendor.last());
            assertThat(generate(model)).as("contents to %s", vendor).isEqualTo(Vendor.ANSWER);
            check(vendor, vendor == Vendor.GEMINI);
            for (String dialect : List.of("openai", "anthropic")) {
                upstream(vendor).enqueue(vendor.last());
                assertThat(chain(dialect, model))
                        .as("%s of LangChain4j to %s", dialect, vendor)
                        .isEqualTo(Vendor.ANSWER);
                check(vendor, dialect.equals("openai") ? chats : vendor == Vendor.ANTHROPIC);
            }
        }
    }

    /// As the vendors' tools name their own, and as the gateway's owner calls one.
    @Test
    void findsModelsWithoutAPrefix() throws Exception {
        upstream(Vendor.OPENAI).enqueue(Vendor.OPENAI.last());
        assertThat(chat("gpt-5-mini")).isEqualTo(Vendor.ANSWER);
        check(Vendor.OPENAI, true);
        upstream(Vendor.ANTHROPIC).enqueue(Vendor.ANTHROPIC.last());
        assertThat(message("claude-sonnet-4-5")).isEqualTo(Vendor.ANSWER);
        check(Vendor.ANTHROPIC, true);
        upstream(Vendor.GEMINI).enqueue(Vendor.GEMINI.last());
        assertThat(generate("gemini-2.5-flash")).isEqualTo(Vendor.ANSWER);
        check(Vendor.GEMINI, true);
        for (int i = 0; i < 3; i++) {
            upstream(Vendor.MISTRAL).enqueue(Vendor.MISTRAL.last());
        }
        assertThat(Stream.of(chat("fast"), message("fast"), generate("fast")))
                .containsOnly(Vendor.ANSWER);
        check(Vendor.MISTRAL, true);
    }

    @Test
    void listsItsModelsToEachSdk() throws Exception {
        String claude = "anthropic/claude-sonnet-4-5";
        assertThat(openAi.models().list().data().stream().map(model -> model.id()))
                .contains(claude, "fast");
        assertThat(anthropic.models().list().data().stream().map(model -> model.id()))
                .contains(claude, "fast");
        HttpResponse<Void> probe =
                http.send(
                        HttpRequest.newBuilder(URI.create(gateway.proxyUri() + "/"))
                                .method("HEAD", BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.discarding());
        assertThat(probe.statusCode()).isEqualTo(200);
    }

    @Test
    void countsTokens() throws Exception {
        upstream(Vendor.ANTHROPIC).enqueue(FakeUpstream.json(200, "{\"input_tokens\":14}"));
        assertThat(
                        anthropic
                                .messages()
                                .countTokens(
                                        MessageCountTokensParams.builder()
                                                .model("anthropic/claude-sonnet-4-5")
                                                .addUserMessage(Vendor.QUESTION)
                                                .build())
                                .inputTokens())
                .isEqualTo(14);
        Received asked = upstream(Vendor.ANTHROPIC).take();
        assertThat(asked.target()).endsWith("/messages/count_tokens");
        assertThat(Json.parse(asked.text()).path("model").asText()).isEqualTo("claude-sonnet-4-5");
        Vendor.ANTHROPIC.checkHeaders(asked, true);
    }

    /// The SDK asks for base64.
    @Test
    void embeds() throws Exception {
        ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(0.5f).putFloat(-0.25f);
        upstream(Vendor.OPENAI)
                .enqueue(
                        FakeUpstream.json(
                                200,
                                "{\"object\":\"list\",\"model\":\"text-embedding-3-small\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":\""
                                        + Base64.getEncoder().encodeToString(floats.array())
                                        + "\"}],\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}}"));
        CreateEmbeddingResponse answer =
                openAi.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model("openai/text-embedding-3-small")
                                        .input("雪")
                                        .build());
        assertThat(answer.data().getFirst().embedding()).containsExactly(0.5f, -0.25f);
        assertThat(answer.usage().promptTokens()).isEqualTo(2);
        Received asked = upstream(Vendor.OPENAI).take();
        assertThat(Json.parse(asked.text()).path("model").asText())
                .isEqualTo("text-embedding-3-small");
    }

    @Test
    void everySdkThrowsWhereThereIsNoSuchModel() {
        String model = "nobody/nothing";
        assertThatThrownBy(() -> chat(model))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(model);
        assertThatThrownBy(() -> respond(model))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining(model);
        assertThatThrownBy(() -> message(model))
                .isInstanceOf(com.anthropic.errors.NotFoundException.class)
                .hasMessageContaining(model);
        assertThatThrownBy(() -> generate(model))
                .isInstanceOf(ClientException.class)
                .hasMessageContaining(model);
    }
}
