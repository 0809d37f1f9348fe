package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.engine.telemetry.TokenEstimator;
import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Embeddings from providers with words of their own for them, over real sockets.
class EmbeddingsRoadTest extends RoadBench {

    private static final String KEY =
            "{'header_name':'Authorization','header_value':'Bearer sk-real-key'}";
    private static final String AWS =
            "{'aws_access_key_id':'AKIA','aws_secret_access_key':'secret'}";
    private static final String REGION = ",'bedrock':{'aws_region':'eu-west-1'}";
    private static final String TITAN = "amazon.titan-embed-text-v2:0";

    private void route(String provider, String model, String auth, String options) {
        gateway.route("{\"name\":\"r\",\"paths\":[\"/vectors\"]}");
        gateway.plugin(
                """
                {'name':'ai-proxy','config':{'route_type':'llm/v1/embeddings','auth':%s,
                 'model':{'provider':'%s','name':'%s','options':{'upstream_url':'%s'%s}}}}\
                """
                        .formatted(auth, provider, model, upstream.url(), options)
                        .replace('\'', '"'));
    }

    private HttpResponse<String> embed(String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(gateway.url("/vectors/embeddings?x=1")))
                        .header("Content-Type", "application/json")
                        .header("OpenAI-Beta", "x")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"')))
                        .build(),
                BodyHandlers.ofString());
    }

    private LlmCall call() throws Exception {
        return Objects.requireNonNull(gateway.takeEnded().llm());
    }

    private static String json(String text) {
        return text.strip().replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "cohere | embed-v4.0 | /v2/embed | {'model':'embed-v4.0','input_type':'search_document','embedding_types':['float'],'output_dimension':2,'texts':['a','b']} | {'embeddings':{'float':[[1,0.5],[0,1]]},'meta':{'billed_units':{'input_tokens':7}}}",
                "gemini | gemini-embedding-001 | /v1beta/models/gemini-embedding-001:batchEmbedContents | {'requests':[{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'a'}]},'outputDimensionality':2},{'model':'models/gemini-embedding-001','content':{'parts':[{'text':'b'}]},'outputDimensionality':2}]} | {'embeddings':[{'values':[1,0.5]},{'values':[0,1]}],'usageMetadata':{'promptTokenCount':7}}",
                "ollama | nomic-embed-text | /api/embed | {'model':'nomic-embed-text','input':['a','b'],'dimensions':2} | {'model':'nomic-embed-text','embeddings':[[1,0.5],[0,1]],'prompt_eval_count':7}",
                "mistral | mistral-embed | /v1/embeddings | {'model':'mistral-embed','input':['a','b'],'output_dimension':2} | {'data':[{'index':0,'embedding':[1,0.5]},{'index':1,'embedding':[0,1]}],'usage':{'prompt_tokens':7}}"
            })
    void asksInTheProvidersWordsAndAnswersInOpenAis(
            String provider, String model, String path, String sent, String answer)
            throws Exception {
        route(provider, model, KEY, "");
        upstream.always(FakeUpstream.json(200, json(answer)));

        HttpResponse<String> response = embed("{'input':['a','b'],'dimensions':2}");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo(path);
        assertThat(received.text()).isEqualTo(json(sent));
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-real-key");
        assertThat(received.headers()).doesNotContainKey("openai-beta");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode body = Json.parse(response.body());
        assertThat(body)
                .isEqualTo(
                        Json.parse(
                                json(
                                        "{'object':'list','data':[{'object':'embedding','index':0,'embedding':[1,0.5]},{'object':'embedding','index':1,'embedding':[0,1]}],'model':'"
                                                + model
                                                + "','usage':{'prompt_tokens':7,'total_tokens':7}}")));
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(7, 0, 0, 0, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void packsVectorsForThoseWhoWantThemSo() throws Exception {
        route("ollama", "m", "null", "");
        upstream.always(FakeUpstream.json(200, "{\"embeddings\":[[1,0.5]]}"));

        JsonNode body = Json.parse(embed("{'input':'a','encoding_format':'base64'}").body());

        assertThat(body.at("/data/0/embedding").textValue()).isEqualTo("AACAPwAAAD8=");
    }

    @Test
    void asksVertexToPredict() throws Exception {
        route(
                "gemini",
                "text-embedding-005",
                KEY,
                ",'gemini':{'api_endpoint':'x.example','project_id':'p','location_id':'us-east5'}");
        upstream.always(
                FakeUpstream.json(
                        200,
                        json(
                                "{'predictions':[{'embeddings':{'values':[1],'statistics':{'token_count':3}}}]}")));

        assertThat(embed("{'input':'a','input_type':'query'}").statusCode()).isEqualTo(200);

        Received received = upstream.take();
        assertThat(received.target())
                .isEqualTo(
                        "/v1/projects/p/locations/us-east5/publishers/google/models/text-embedding-005:predict");
        assertThat(received.text())
                .isEqualTo(json("{'instances':[{'task_type':'RETRIEVAL_QUERY','content':'a'}]}"));
    }

    /// Who counts no tokens is counted for.
    @Test
    void asksTheRouterOfHuggingFace() throws Exception {
        route("huggingface", "intfloat/e5", KEY, "");
        upstream.always(FakeUpstream.json(200, "[[1,2],[3,4]]"));

        HttpResponse<String> response = embed("{'input':['hello','world']}");

        Received received = upstream.take();
        assertThat(received.target())
                .isEqualTo("/hf-inference/models/intfloat/e5/pipeline/feature-extraction");
        assertThat(received.text()).isEqualTo("{\"inputs\":[\"hello\",\"world\"]}");
        assertThat(Json.parse(response.body()).at("/data/1/embedding/0").intValue()).isEqualTo(3);
        LlmCall call = call();
        assertThat(call.usage()).isNull();
        assertThat(TokenEstimator.estimate("m", call))
                .isEqualTo(new TokenUsage(2, 0, 0, 0, 0, TokenUsage.Source.ESTIMATED));
    }

    private static FakeUpstream.Answer titan(int vector, int tokens) {
        return FakeUpstream.whole(
                200,
                "application/json",
                "{\"embedding\":[" + vector + "]}",
                "X-Amzn-Bedrock-Input-Token-Count",
                Integer.toString(tokens));
    }

    /// Titan takes one text a call: its calls follow each other, each signed for its own body.
    @Test
    void asksOneTextAfterTheOther() throws Exception {
        route("bedrock", TITAN, AWS, REGION);
        for (int i = 0; i < 3; i++) {
            upstream.enqueue(titan(i, 10 + i));
        }

        HttpResponse<String> response = embed("{'input':['a','b','c']}");

        String[] texts = {"a", "b", "c"};
        String signature = "";
        for (String text : texts) {
            Received received = upstream.take();
            assertThat(received.target()).isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
            assertThat(received.text()).isEqualTo("{\"inputText\":\"" + text + "\"}");
            assertThat(received.header("authorization"))
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKIA/")
                    .isNotEqualTo(signature);
            signature = received.header("authorization");
        }
        JsonNode body = Json.parse(response.body());
        assertThat(body.path("data")).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(body.at("/data/" + i + "/index").intValue()).isEqualTo(i);
            assertThat(body.at("/data/" + i + "/embedding/0").intValue()).isEqualTo(i);
        }
        assertThat(body.at("/usage/prompt_tokens").intValue()).isEqualTo(33);
        var exchange = gateway.takeEnded();
        assertThat(exchange.attempts()).hasSize(3);
        assertThat(Objects.requireNonNull(exchange.llm()).usage())
                .isEqualTo(new TokenUsage(33, 0, 0, 0, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void splitsWhatIsMoreThanACallTakes() throws Exception {
        route("cohere", "embed-v4.0", KEY, "");
        upstream.always((request, out) -> {
            int texts = bodyOf(request).path("texts").size();
            String vectors =
                    IntStream.range(0, texts)
                            .mapToObj(i -> "[" + texts + "]")
                            .collect(Collectors.joining(","));
            FakeUpstream.json(200, "{\"embeddings\":{\"float\":[" + vectors + "]}}")
                    .write(request, out);
        });
        String inputs =
                IntStream.range(0, 100)
                        .mapToObj(i -> "'t" + i + "'")
                        .collect(Collectors.joining(","));

        JsonNode body = Json.parse(embed("{'input':[" + inputs + "]}").body());

        assertThat(body.path("data")).hasSize(100);
        assertThat(body.at("/data/95/embedding/0").intValue()).isEqualTo(96);
        assertThat(body.at("/data/96/embedding/0").intValue()).isEqualTo(4);
        assertThat(upstream.waiting()).isEqualTo(2);
    }

    private static JsonNode bodyOf(Received request) {
        return Objects.requireNonNull(Json.parseObjectOrNull(request.body()));
    }

    @Test
    void asksNoFurtherAfterARefusal() throws Exception {
        route("bedrock", TITAN, AWS, REGION);
        upstream.enqueue(titan(0, 1));
        upstream.enqueue(FakeUpstream.json(429, "{\"message\":\"Too many tokens\"}"));

        HttpResponse<String> response = embed("{'input':['a','b','c']}");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(Json.parse(response.body()).at("/error/message").textValue())
                .isEqualTo("Too many tokens");
        assertThat(upstream.waiting()).isEqualTo(2);
    }

    @Test
    void saysThatALaterCallGotNoAnswer() throws Exception {
        route("bedrock", TITAN, AWS, REGION);
        upstream.enqueue(titan(0, 1));
        upstream.always(FakeUpstream.hangUp());

        assertThat(embed("{'input':['a','b','c']}").statusCode()).isEqualTo(502);
        assertThat(gateway.takeEnded().outcome().error()).isEqualTo("upstream_failed");
    }

    @Test
    void saysThatAnAnswerBrokeOff() throws Exception {
        route("bedrock", TITAN, AWS, REGION);
        upstream.enqueue((_, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"emb"
                            .getBytes(StandardCharsets.US_ASCII));
            throw new EOFException("told to break off");
        });

        assertThat(embed("{'input':['a','b']}").statusCode()).isEqualTo(502);
        assertThat(upstream.waiting()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "400 | {'message':'too long'} | 400 | ",
                "401 | {'message':'bad key sk-real-key'} | 401 | invalid_api_key",
                "404 | {'message':'no such model'} | 404 | model_not_found",
                "429 | {'message':'slow down'} | 429 | rate_limit_exceeded",
                "500 | <html>oops</html> | 500 | "
            })
    void saysRefusalsInOpenAisWords(int status, String body, int expected, String code)
            throws Exception {
        route("cohere", "embed-v4.0", KEY, "");
        upstream.always(FakeUpstream.json(status, json(body)));

        HttpResponse<String> response = embed("{'input':'a'}");

        assertThat(response.statusCode()).isEqualTo(expected);
        JsonNode error = Json.parse(response.body()).path("error");
        assertThat(error.path("code").textValue()).isEqualTo(code);
        assertThat(error.path("message").textValue()).isNotEmpty().doesNotContain("sk-real", "<");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {"{'hello':1}", "{'embeddings':{'float':[[1]]}}", "nonsense"})
    void saysThatAnAnswerMakesNoSense(String answer) throws Exception {
        route("cohere", "embed-v4.0", KEY, "");
        upstream.always(FakeUpstream.json(200, json(answer)));

        HttpResponse<String> response = embed("{'input':['a','b']}");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("transformation failed from type cohere://");
    }

    @Test
    void refusesWhatCannotBeSaid() throws Exception {
        route("cohere", "embed-v4.0", KEY, "");

        HttpResponse<String> response = embed("{'input':[1,2]}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("takes texts, no tokens");
        assertThat(upstream.waiting()).isZero();
    }

    @Test
    void countsWhatIsLost() throws Exception {
        route("ollama", "m", "null", "");
        upstream.always(FakeUpstream.json(200, "{\"embeddings\":[[1]]}"));

        HttpResponse<String> response = embed("{'input':'a','user':'u'}");

        assertThat(response.headers().firstValue("X-Torii-Loss")).hasValue("1");
    }

    @Test
    void saysThatAProviderMakesNone() throws Exception {
        route("anthropic", "claude-x", "{'header_name':'x-api-key','header_value':'sk'}", "");

        assertThat(embed("{'input':'a'}").body())
                .contains("no transformer for anthropic://llm/v1/embeddings");
    }

    /// Google's own clients, whose bytes pass.
    @ParameterizedTest
    @CsvSource({"embedContent", "batchEmbedContents"})
    void passesTheCallsOfGooglesOwnClients(String verb) throws Exception {
        gateway.route("{\"name\":\"r\",\"paths\":[\"/g\"]}");
        gateway.plugin(
                json(
                        """
                        {'name':'ai-proxy','config':{'route_type':'llm/v1/chat','llm_format':'gemini',
                         'auth':{'header_name':'x-goog-api-key','header_value':'AIza'},
                         'model':{'provider':'gemini','name':'gemini-embedding-001','options':{'upstream_url':'%s'}}}}\
                        """
                                .formatted(upstream.url())));
        String answer =
                "{\"embedding\": {\"values\":[1]},\"usageMetadata\":{\"promptTokenCount\":4}}";
        upstream.always(FakeUpstream.json(200, answer));
        String asked = "{ \"content\": {\"parts\":[{\"text\":\"\\u3042\"}]} }";

        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                gateway.url(
                                                        "/g/v1beta/models/gemini-embedding-001:"
                                                                + verb)))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(asked))
                                .build(),
                        BodyHandlers.ofString());

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1beta/models/gemini-embedding-001:" + verb);
        assertThat(received.text()).isEqualTo(asked);
        assertThat(received.header("x-goog-api-key")).isEqualTo("AIza");
        assertThat(response.body()).isEqualTo(answer);
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(4, 0, 0, 0, 0, TokenUsage.Source.FINAL));
    }
}
