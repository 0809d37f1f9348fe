package dev.torii.engine.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.llm.TokenUsage;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images, audio, files and other calls whose bytes pass, over real sockets.
class PassedCallsRoadTest extends RoadBench {

    private static final String KEY =
            "'auth':{'header_name':'Authorization','header_value':'Bearer sk-real'}";

    @BeforeEach
    void serve() {
        gateway.route("{\"name\":\"r\",\"paths\":[\"/ai\"]}");
    }

    private void proxy(String routeType, String model) {
        plugin(
                """
                {'name':'ai-proxy','config':{'route_type':'%s',%s,
                 'model':{'provider':'openai'%s,'options':{'upstream_url':'%s'}}}}\
                """
                        .formatted(routeType, KEY, model, upstream.url()));
    }

    private void models() {
        plugin(
                """
                {'name':'ai-models','config':{'targets':[
                  {'model':{'provider':'openai','options':{'upstream_url':'%s/v1'}},%s}]}}\
                """
                        .formatted(upstream.url(), KEY));
    }

    private void plugin(String json) {
        gateway.plugin(json.replace('\'', '"'));
    }

    private HttpResponse<byte[]> send(
            String method, String path, String contentType, BodyPublisher body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(gateway.url("/ai" + path))).method(method, body);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> json(String path, String body) throws Exception {
        return send(
                "POST", path, "application/json", BodyPublishers.ofString(body.replace('\'', '"')));
    }

    private LlmCall call() throws Exception {
        return Objects.requireNonNull(gateway.takeEnded().llm());
    }

    /// Bytes that are no text in any encoding.
    private static byte[] noise() {
        byte[] noise = new byte[512];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) (i * 7);
        }
        return noise;
    }

    private static FakeUpstream.Answer binary(String type, byte[] bytes) {
        return (_, out) -> {
            out.write(
                    ("HTTP/1.1 200 OK\r\nContent-Type: "
                                    + type
                                    + "\r\nContent-Length: "
                                    + bytes.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
        };
    }

    @Test
    void speaks() throws Exception {
        proxy("audio/v1/audio/speech", ",'name':'gpt-4o-mini-tts'");
        upstream.always(binary("audio/mpeg", noise()));

        HttpResponse<byte[]> response =
                json("/v1/audio/speech?x=1", "{ 'input': 'やあ', 'voice' : 'alloy' }");

        Received received = upstream.take();
        assertThat(received.method()).isEqualTo("POST");
        assertThat(received.target()).isEqualTo("/v1/audio/speech?x=1");
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-real");
        assertThat(received.text())
                .startsWith("{ \"input\": \"やあ\", \"voice\" : \"alloy\"")
                .contains("\"model\":\"gpt-4o-mini-tts\"");
        assertThat(response.body()).isEqualTo(noise());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("audio/mpeg");
        assertThat(call().usage()).isNull();
    }

    /// Its events end without OpenAI's mark of a chat's end.
    @Test
    void streamsSpeech() throws Exception {
        proxy("audio/v1/audio/speech", "");
        String events =
                """
                event: speech.audio.delta
                data: {"type":"speech.audio.delta","audio":"AAAA"}

                data: {"type":"speech.audio.done"}

                """;
        upstream.always(FakeUpstream.stream(events));

        HttpResponse<byte[]> response =
                json("/v1/audio/speech", "{'model':'m','input':'a','stream_format':'sse'}");

        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo(events);
        assertThat(gateway.takeEnded().outcome().error()).isNull();
    }

    private static byte[] form() {
        var form = new ByteArrayOutputStream();
        form.writeBytes(
                """
                --b
                Content-Disposition: form-data; name="model"

                whisper-1
                --b
                Content-Disposition: form-data; name="file"; filename="a.wav"

                """
                        .replace("\n", "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(noise());
        form.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({
        "audio/v1/audio/transcriptions, /audio/transcriptions",
        "audio/v1/audio/translations,   /audio/translations",
        "image/v1/images/edits,         /images/edits",
        "llm/v1/files,                  /files"
    })
    void passesForms(String routeType, String path) throws Exception {
        proxy(routeType, ",'name':'whisper-1'");
        upstream.always(FakeUpstream.json(200, "{\"text\": \"やあ\"}"));

        HttpResponse<byte[]> response =
                send(
                        "POST",
                        "/v1" + path,
                        "multipart/form-data; boundary=b",
                        BodyPublishers.ofByteArray(form()));

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1" + path);
        assertThat(received.header("content-type")).isEqualTo("multipart/form-data; boundary=b");
        assertThat(received.body()).isEqualTo(form());
        assertThat(response.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"text\": \"やあ\"}");
    }

    @Test
    void drawsAndCountsWhatIsCounted() throws Exception {
        proxy("image/v1/images/generations", ",'name':'gpt-image-1'");
        String answer =
                "{ \"data\":[{\"b64_json\":\"AAAA\"}], \"usage\":{\"input_tokens\":5,\"output_tokens\":9} }";
        upstream.always(FakeUpstream.json(200, answer));

        // The base URL of some clients ends before the version.
        HttpResponse<byte[]> response = json("/images/generations", "{'prompt':'a torii'}");

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1/images/generations");
        assertThat(received.text()).isEqualTo("{\"prompt\":\"a torii\",\"model\":\"gpt-image-1\"}");
        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo(answer);
        assertThat(call().usage())
                .isEqualTo(new TokenUsage(5, 0, 0, 9, 0, TokenUsage.Source.FINAL));
    }

    @ParameterizedTest
    @CsvSource({
        "llm/v1/files,      GET,    /v1/files?limit=2,          /v1/files?limit=2",
        "llm/v1/files,      GET,    /v1/files/file-1/content,   /v1/files/file-1/content",
        "llm/v1/files,      DELETE, /v1/files/file-1,           /v1/files/file-1",
        "llm/v1/batches,    GET,    /v1/batches/b-1,            /v1/batches/b-1",
        "llm/v1/batches,    POST,   /v1/batches/b-1/cancel,     /v1/batches/b-1/cancel",
        "llm/v1/assistants, GET,    /v1/threads/t/messages,     /v1/threads/t/messages",
        // A route for files leads nowhere else.
        "llm/v1/files,      GET,    /v1/responses/r-1,          /v1/files",
        "llm/v1/files,      GET,    /any,                       /v1/files",
        "llm/v1/files,      GET,    /v1/files/%2e%2e/batches,   /v1/files"
    })
    void keepsMethodPathAndQuery(String routeType, String method, String path, String target)
            throws Exception {
        proxy(routeType, ",'name':'m'");
        upstream.always(
                binary("application/json", "{\"id\" : 1}".getBytes(StandardCharsets.UTF_8)));

        HttpResponse<byte[]> response = send(method, path, "", BodyPublishers.noBody());

        Received received = upstream.take();
        assertThat(received.method()).isEqualTo(method);
        assertThat(received.target()).isEqualTo(target);
        assertThat(received.body()).isEmpty();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).asString(StandardCharsets.UTF_8).isEqualTo("{\"id\" : 1}");
    }

    @Test
    void addsNoModelWhereNoneBelongs() throws Exception {
        proxy("llm/v1/batches", ",'name':'m'");

        json("/v1/batches", "{'input_file_id':'file-1','endpoint':'/v1/chat/completions'}");

        assertThat(upstream.take().text())
                .isEqualTo("{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1/chat/completions\"}");
    }

    @Test
    void preservesAWholePath() throws Exception {
        proxy("preserve", "");

        send("GET", "/v1/files?a=b", "", BodyPublishers.noBody());

        assertThat(upstream.take().target()).isEqualTo("/ai/v1/files?a=b");
    }

    @Test
    void passesRefusals() throws Exception {
        proxy("llm/v1/files", "");
        upstream.always(FakeUpstream.json(404, "{\"error\": {\"message\":\"No such File\"}}"));

        HttpResponse<byte[]> response = send("GET", "/v1/files/x", "", BodyPublishers.noBody());

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"error\": {\"message\":\"No such File\"}}");
    }

    @Test
    void breaksOffWhereTheAnswerDoes() throws Exception {
        proxy("audio/v1/audio/speech", "");
        upstream.always((_, out) -> {
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: 99\r\n\r\nabc"
                            .getBytes(StandardCharsets.US_ASCII));
            throw new EOFException("told to break off");
        });

        assertThatThrownBy(() -> json("/v1/audio/speech", "{'input':'a'}"))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "POST,   /v1/images/generations,  '{''model'':''openai/gpt-image-1''}', '{''model'':''gpt-image-1''}'",
        "POST,   /v1/audio/speech,        '{''model'':''tts-1'',''input'':''a''}', '{''model'':''tts-1'',''input'':''a''}'",
        "POST,   /v1/moderations,         '{''input'':''a''}', '{''input'':''a''}'",
        "GET,    /v1/files,               '', ''",
        "DELETE, /v1/files/file-1,        '', ''",
        "GET,    /v1/responses/resp_1,    '', ''",
        "POST,   /v1/batches,             '{''input_file_id'':''f''}', '{''input_file_id'':''f''}'"
    })
    void servesThemAllInOne(String method, String path, String body, String sent) throws Exception {
        models();

        HttpResponse<byte[]> response =
                send(
                        method,
                        path,
                        body.isEmpty() ? "" : "application/json",
                        BodyPublishers.ofString(body.replace('\'', '"')));

        assertThat(response.statusCode()).isEqualTo(200);
        Received received = upstream.take();
        assertThat(received.method()).isEqualTo(method);
        assertThat(received.target()).isEqualTo(path);
        assertThat(received.text()).isEqualTo(sent.replace('\'', '"'));
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-real");
    }

    @Test
    void servesFormsAllInOne() throws Exception {
        models();

        send(
                "POST",
                "/v1/audio/transcriptions",
                "multipart/form-data; boundary=b",
                BodyPublishers.ofByteArray(form()));

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo("/v1/audio/transcriptions");
        assertThat(received.body()).isEqualTo(form());
    }

    /// Their batches and files are Anthropic's, not OpenAI's.
    @ParameterizedTest
    @CsvSource({"/v1/messages/batches", "/v1/messages/batches/b-1/results", "/v1/files"})
    void leadsClientsOfAnthropicToAnthropic(String path) throws Exception {
        plugin(
                """
                {'name':'ai-models','config':{'targets':[
                  {'model':{'provider':'openai'}},
                  {'model':{'provider':'anthropic','options':{'upstream_url':'%s','anthropic_version':'2023-06-01'}},
                   'auth':{'header_name':'x-api-key','header_value':'sk-ant'}}]}}\
                """
                        .formatted(upstream.url()));

        client.send(
                HttpRequest.newBuilder(URI.create(gateway.url("/ai" + path)))
                        .header("anthropic-version", "2023-06-01")
                        .GET()
                        .build(),
                BodyHandlers.ofString());

        Received received = upstream.take();
        assertThat(received.target()).isEqualTo(path);
        assertThat(received.header("x-api-key")).isEqualTo("sk-ant");
    }

    @Test
    void saysThatNobodyIsMeant() throws Exception {
        plugin("{'name':'ai-models','config':{'targets':[{'model':{'provider':'groq'}}]}}");

        HttpResponse<byte[]> response = send("GET", "/v1/files", "", BodyPublishers.noBody());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .asString(StandardCharsets.UTF_8)
                .contains("the request names no model", "groq/…");
    }
}
