package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.Recordings;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.Skip;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Everything that providers were once heard to answer, through the whole gateway, for clients of
/// every dialect.
class ReplayedRecordingsTest {

    private static final FakeUpstream UPSTREAM = new FakeUpstream();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> LEFT_OUT = new TreeMap<>();
    private static TestGateway gateway;
    private static int recordings;
    private static int chats;
    private static int exchanges;
    private static int small;

    @BeforeAll
    static void start() throws Exception {
        gateway = new TestGateway();
        String service = gateway.service("{\"name\":\"service\",\"host\":\"example.invalid\"}");
        gateway.route(
                "{\"name\":\"replay\",\"paths\":[\"/replay\"],\"service\":{\"id\":\""
                        + service
                        + "\"}}");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
        HTTP.close();
        System.Logger log = System.getLogger(ReplayedRecordingsTest.class.getName());
        log.log(
                System.Logger.Level.INFO,
                "replayed {0} recordings in {1} exchanges: {2} of chats in {3} dialects ({4} of them with a small request of the test''s own), {5} of other calls; left out {6}",
                recordings,
                exchanges,
                chats,
                Replay.CLIENTS.size(),
                small,
                exchanges - chats,
                LEFT_OUT.size());
        LEFT_OUT.forEach((name, reason) ->
                log.log(System.Logger.Level.INFO, "left out {0}: {1}", name, reason));
    }

    @TestFactory
    Stream<DynamicTest> replaysEveryRecording() throws Exception {
        List<Recording> all = Recordings.all();
        Skip.unless(!all.isEmpty(), "no recordings beside this project, so none is replayed here");
        List<DynamicTest> tests = new ArrayList<>();
        for (Recording recording : all) {
            String reason = Replayable.leftOut(recording);
            if (reason != null) {
                LEFT_OUT.put(recording.name(), reason);
                continue;
            }
            recordings++;
            if (Replayable.of(recording).operation() != Operation.CHAT) {
                tests.add(DynamicTest.dynamicTest(recording.name(), () -> replayOther(recording)));
                continue;
            }
            for (String client : Replay.CLIENTS) {
                String why = Replayable.leftOut(recording, client);
                if (why == null) {
                    tests.add(
                            DynamicTest.dynamicTest(
                                    recording.name() + " for " + client,
                                    () -> replay(recording, client)));
                } else {
                    LEFT_OUT.put(recording.name() + " for " + client, why);
                }
            }
        }
        return tests.stream();
    }

    private static void replay(Recording recording, String client) throws Exception {
        clear();
        gateway.plugin(Replayable.of(recording).plugin(UPSTREAM.url()));
        var replay = new Replay(recording, client, UPSTREAM);
        replay.run(gateway, HTTP);
        small += replay.askedSmall() ? 1 : 0;
        chats++;
        exchanges++;
    }

    /// What a failed test left behind.
    private static void clear() throws InterruptedException {
        while (UPSTREAM.waiting() > 0) {
            UPSTREAM.take();
        }
    }

    private static void replayOther(Recording recording) throws Exception {
        clear();
        Replayable upstream = Replayable.of(recording);
        gateway.plugin(upstream.plugin(UPSTREAM.url()));
        Replay.answer(recording, UPSTREAM);
        String path =
                switch (upstream.operation()) {
                    case EMBEDDINGS -> "/v1/embeddings";
                    case COMPLETIONS -> "/v1/completions";
                    default -> recording.path();
                };
        boolean passes =
                upstream.operation() == Operation.COUNT_TOKENS
                        || upstream.provider()
                                .takes(upstream.operation(), upstream.target(UPSTREAM.url()));
        JsonNode recorded = recording.json().at("/request/body");
        byte[] request = Json.bytes(passes ? recorded : small(upstream, recorded, recording));
        HttpResponse<byte[]> response =
                HTTP.send(
                        HttpRequest.newBuilder(URI.create(gateway.url("/replay" + path)))
                                .header("content-type", "application/json")
                                .POST(BodyPublishers.ofByteArray(request))
                                .build(),
                        BodyHandlers.ofByteArray());
        Exchange exchange = gateway.takeEnded();
        String shown = new String(response.body(), UTF_8);
        assertThat(UPSTREAM.waiting()).as(shown).isEqualTo(1);
        byte[] sent = UPSTREAM.take().body();
        assertThat(response.statusCode()).as(shown).isEqualTo(recording.status());
        assertThat(exchange.outcome().status()).isEqualTo(recording.status());
        if (passes) {
            assertThat(new String(sent, UTF_8)).isEqualTo(new String(request, UTF_8));
            assertThat(shown).isEqualTo(new String(recording.body(), UTF_8));
        } else if (recording.status() == 200) {
            assertThat(new String(sent, UTF_8)).contains("晴れ?");
            checkOther(upstream, shown);
        } else {
            assertThat(Json.parse(response.body()).at("/error/message").asText()).isNotEmpty();
        }
        if (recording.status() == 200 && upstream.operation() != Operation.COUNT_TOKENS) {
            assertThat(Objects.requireNonNull(exchange.llm()).responseModel()).isNotEqualTo("");
        }
        exchanges++;
    }

    /// In the client's dialect, with as many inputs as were recorded.
    private static ObjectNode small(Replayable upstream, JsonNode recorded, Recording recording) {
        ObjectNode body = Json.object().put("model", upstream.model());
        if (upstream.operation() == Operation.COMPLETIONS) {
            return body.put("prompt", "晴れ?").put("stream", recording.isStream());
        }
        int inputs = 1;
        for (String field : List.of("texts", "input", "requests")) {
            inputs = Math.max(inputs, recorded.path(field).size());
        }
        var input = body.putArray("input");
        for (int i = 0; i < inputs; i++) {
            input.add("晴れ?");
        }
        return body.put("encoding_format", "float");
    }

    private static void checkOther(Replayable upstream, String shown) throws Exception {
        if (upstream.operation() == Operation.EMBEDDINGS) {
            assertThat(Json.parse(shown).at("/data/0/embedding").size()).isPositive();
        } else {
            assertThat(shown).contains("\"text\":\"", "\"text_completion\"");
        }
    }
}
