package dev.torii.engine.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.ClientDialects;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.engine.dialect.Unwrapping;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.provider.Provider;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.llm.Extra;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.OutputLimit;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Reasoning;
import dev.torii.model.llm.Role;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Session;
import dev.torii.model.llm.TokenUsage;
import dev.torii.model.llm.Tool;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One recorded chat, as it goes through the gateway for a client of one dialect.
final class Replay {

    /// The dialects that are spoken on both sides.
    static final List<String> CLIENTS =
            List.of("openai", "openai-responses", "anthropic", "gemini");

    private final Recording recording;
    private final Replayable upstream;
    private final ClientDialect client;

    /// How the client's side reads what it gets.
    private final ProviderDialect reading;

    /// What the provider speaks with this client.
    private final ProviderDialect provider;

    private final FakeUpstream server;
    private final boolean passes;
    private final boolean stream;
    private final Losses losses = new Losses();
    private @Nullable LlmRequest said;
    private boolean small;

    Replay(Recording recording, String client, FakeUpstream server) {
        this.recording = recording;
        this.upstream = Replayable.of(recording);
        this.client = ClientDialects.installed().named(client);
        this.server = server;
        this.provider = upstream.dialect(client, server.url());
        this.reading = speaking(client, upstream.model());
        this.passes = provider.name().equals(client);
        this.stream = recording.isStream() || recording.path().contains(":streamGenerateContent");
    }

    /// Every dialect that clients speak is some provider's too.
    static ProviderDialect speaking(String dialect, String model) {
        String name = dialect.equals("openai-responses") ? "openai" : dialect;
        Provider provider = Objects.requireNonNull(Replayable.PROVIDERS.find(name));
        return provider
                .dialects(
                        new LlmTarget(
                                name,
                                "some-model",
                                RouteType.CHAT,
                                Json.object(),
                                null,
                                null,
                                null))
                .stream()
                .filter(spoken -> spoken.name().equals(dialect))
                .findFirst()
                .orElseThrow();
    }

    static void answer(Recording recording, FakeUpstream server) {
        server.always((_, out) -> {
            var head = new StringBuilder("HTTP/1.1 " + recording.status() + " Recorded\r\n");
            recording
                    .response()
                    .path("headers")
                    .properties()
                    .forEach(header ->
                            head.append(header.getKey())
                                    .append(": ")
                                    .append(header.getValue().asText())
                                    .append("\r\n"));
            head.append("transfer-encoding: chunked\r\n\r\n");
            out.write(head.toString().getBytes(UTF_8));
            for (byte[] piece : recording.pieces()) {
                out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(UTF_8));
                out.write(piece);
                out.write("\r\n".getBytes(UTF_8));
                out.flush();
            }
            FakeUpstream.endStream(out);
        });
    }

    void run(TestGateway gateway, HttpClient http) throws Exception {
        answer(recording, server);
        byte[] request = request();
        var sending =
                HttpRequest.newBuilder(URI.create(gateway.url("/replay" + path())))
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofByteArray(request));
        HttpResponse<byte[]> response = http.send(sending.build(), BodyHandlers.ofByteArray());
        Exchange exchange = gateway.takeEnded();
        String shown = new String(response.body(), UTF_8);
        assertThat(server.waiting())
                .as("asked the provider; the client got %s: %s", response.statusCode(), shown)
                .isEqualTo(1);
        FakeUpstream.Received received = server.take();
        LlmCall call = Objects.requireNonNull(exchange.llm());
        checkRequest(request, received, call);
        checkAnswer(response, exchange, call);
    }

    private String path() {
        return switch (client.name()) {
            case "openai" -> "/v1/chat/completions";
            case "openai-responses" -> "/v1/responses";
            case "anthropic" -> "/v1/messages";
            default ->
                    "/v1beta/models/"
                            + upstream.model().replace(" ", "%20")
                            + (stream ? ":streamGenerateContent" : ":generateContent")
                            + (recording.isStream() ? "?alt=sse" : "");
        };
    }

    // ---- what the client says

    private byte[] request() throws UnsayableException {
        if (passes && recording.json().at("/request/body") instanceof ObjectNode recorded) {
            ObjectNode body = recorded.deepCopy();
            if (!client.name().equals("gemini")) {
                body.put("model", upstream.model());
                if (stream) {
                    body.put("stream", true);
                }
            }
            return Json.bytes(body);
        }
        try {
            LlmRequest whole = recorded();
            if (whole != null && whole.messages().stream().anyMatch(m -> !m.parts().isEmpty())) {
                byte[] written = Json.bytes(reading.writeRequest(whole, losses));
                said = whole;
                return written;
            }
        } catch (UnsayableException e) {
            // What the client cannot say it asks in a small way.
        }
        small = true;
        LlmRequest question = small();
        said = question;
        return Json.bytes(reading.writeRequest(question, new Losses()));
    }

    /// The recorded request, if its dialect is one that clients speak.
    private @Nullable LlmRequest recorded() throws UnsayableException {
        if (!CLIENTS.contains(provider.name())
                || !(recording.json().at("/request/body") instanceof ObjectNode body)) {
            return null;
        }
        LlmRequest read =
                ClientDialects.installed().named(provider.name()).readRequest(body.deepCopy());
        return asked(read);
    }

    private LlmRequest asked(LlmRequest read) {
        return new LlmRequest(
                upstream.model(),
                read.messages(),
                read.tools(),
                read.toolChoice(),
                read.parallelToolCalls(),
                read.sampling(),
                read.limit(),
                read.format(),
                read.verbosity(),
                read.reasoning(),
                read.session(),
                read.choices(),
                stream,
                stream,
                read.extra());
    }

    private LlmRequest small() {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject("city").put("type", "string");
        schema.putArray("required").add("city");
        return asked(
                new LlmRequest(
                        null,
                        List.of(
                                new Message(Role.SYSTEM, List.of(new Part.Text("Be kind."))),
                                new Message(Role.USER, List.of(new Part.Text("晴れ?")))),
                        List.of(new Tool.Function("weather", "Tells it", schema, null, null)),
                        null,
                        null,
                        new Sampling(
                                null, null, null, null, null, null, List.of(), null, null, null),
                        new OutputLimit(2000, "max_tokens"),
                        null,
                        null,
                        Reasoning.UNSAID,
                        Session.NONE,
                        1,
                        false,
                        false,
                        Extra.NONE));
    }

    // ---- what the provider is asked

    private void checkRequest(byte[] request, FakeUpstream.Received received, LlmCall call)
            throws Exception {
        ObjectNode sent = (ObjectNode) Json.parse(received.body());
        if (passes) {
            ObjectNode own = (ObjectNode) Json.parse(request);
            if (sent.equals(own)) {
                assertThat(received.body()).as("the client's very bytes").isEqualTo(request);
            }
            assertThat(undecided(sent)).isEqualTo(undecided(own));
            return;
        }
        LlmRequest asked = call.asked();
        assertThat(asked.model()).isEqualTo(upstream.model());
        assertThat(sent)
                .isEqualTo(Json.parse(Json.bytes(provider.writeRequest(asked, new Losses()))));
        if (CLIENTS.contains(provider.name())) {
            ObjectNode body = sent.deepCopy();
            LlmRequest read = ClientDialects.installed().named(provider.name()).readRequest(body);
            compare(Gist.of(Objects.requireNonNull(said)), Gist.of(read), call);
        } else {
            assertThat(received.text()).contains("晴れ?", "Be kind.");
        }
    }

    private static ObjectNode undecided(ObjectNode request) {
        return request.deepCopy()
                .without(List.of("model", "stream", "stream_options", "anthropic_version"));
    }

    private void compare(Map<String, Object> meant, Map<String, Object> got, LlmCall call) {
        List<String> lost = new ArrayList<>();
        losses.all().stream().map(Loss::what).forEach(lost::add);
        call.losses().all().stream().map(Loss::what).forEach(lost::add);
        Map<String, Object> different = new TreeMap<>();
        meant.forEach((what, value) -> {
            if (!value.equals(got.get(what))
                    && lost.stream().noneMatch(loss -> excuses(loss, what))) {
                different.put(what, value + " became " + got.get(what));
            }
        });
        // These two stand elsewhere than in Gemini's bodies, and a limit has to be said to Claude.
        if (provider.name().equals("gemini")) {
            different.remove("stream");
        }
        if ("none".equals(meant.get("limit"))) {
            different.remove("limit");
        }
        assertThat(different).as("but for %s", lost).isEmpty();
    }

    /// Whether a loss tells of it that something is not as it was.
    private static boolean excuses(String loss, String what) {
        return switch (what) {
            case "tools" -> loss.startsWith("tools[") || loss.equals("tool_choice.allowed_tools");
            case "format" -> loss.startsWith("response_format");
            case "media" -> loss.equals("document");
            case "results" -> loss.contains("tool result");
            case "limit" -> loss.matches("max\\w*[tT]okens");
            case "parallel" -> loss.equals("parallel_tool_calls");
            case "choice" -> loss.startsWith("tool_choice");
            // A model that cannot be held to JSON is asked for it.
            case "system" -> loss.equals("system") || loss.startsWith("response_format");
            case "stop", "temperature", "top_p", "user" -> loss.equals(what);
            default -> false;
        };
    }

    // ---- what the client gets

    /// @param error what an answer failed with
    private record Answered(@Nullable LlmAnswer answer, @Nullable LlmError error) {

        LlmAnswer whole() {
            return Objects.requireNonNull(answer);
        }
    }

    private static Answered read(
            ProviderDialect dialect, int status, AnswerHeaders headers, byte[] body)
            throws MalformedJsonException {
        if (status >= 400) {
            return new Answered(null, dialect.readError(status, headers, body));
        }
        String type = Objects.requireNonNullElse(headers.first("content-type"), "");
        if (!dialect.streams(type)) {
            try {
                LlmAnswer answer = dialect.readAnswer(body);
                boolean told = Json.parse(body).hasNonNull("error");
                return told
                        ? new Answered(null, dialect.readError(500, headers, body))
                        : new Answered(answer, null);
            } catch (UnreadableAnswerException e) {
                return new Answered(null, dialect.readError(500, headers, body));
            }
        }
        byte[] events = body;
        Unwrapping unwrapping = dialect.unwrapping();
        if (unwrapping != null) {
            ByteBuffer unwrapped = unwrapping.events(ByteBuffer.wrap(body));
            events = new byte[unwrapped.remaining()];
            unwrapped.get(events);
        }
        StreamGrammar grammar = StreamGrammar.read(dialect.reader(), List.of(events));
        return new Answered(grammar.answer(), grammar.failed() ? grammar.error() : null);
    }

    private void checkAnswer(HttpResponse<byte[]> response, Exchange exchange, LlmCall call)
            throws Exception {
        Answered given =
                read(
                        provider,
                        recording.status(),
                        name -> recording.response().path("headers").path(name).textValue(),
                        recording.body());
        // Bytes that passed are still in the vendor's own manner of the dialect.
        Answered got =
                read(
                        passes && provider.unwrapping() == null ? provider : reading,
                        response.statusCode(),
                        name -> response.headers().firstValue(name).orElse(null),
                        response.body());
        assertThat(exchange.outcome().status()).isEqualTo(response.statusCode());
        if (passes
                && provider.unwrapping() == null
                && !call.usageUnasked()
                && given.error() == null) {
            assertThat(new String(response.body(), UTF_8))
                    .isEqualTo(new String(recording.body(), UTF_8));
        }
        if (given.error() != null) {
            checkError(given.error(), got, response, exchange);
            return;
        }
        LlmAnswer meant = given.whole();
        checkReading(meant);
        if (call.translated() && brokeOff(meant)) {
            assertThat(got.error()).as("%s", new String(response.body(), UTF_8)).isNotNull();
            return;
        }
        assertThat(got.error()).as("%s", new String(response.body(), UTF_8)).isNull();
        assertThat(response.statusCode()).isEqualTo(200);
        checkUsage(meant.usage(), got.whole().usage(), call);
        int choices = client.name().equals("openai") || client.name().equals("gemini") ? 9 : 1;
        UnaryOperator<Finish.Kind> sayable = passes ? kind -> kind : this::sayable;
        boolean refusals = client.name().startsWith("openai");
        assertThat(Gist.of(got.whole(), choices, refusals, sayable))
                .isEqualTo(Gist.of(meant, choices, refusals, sayable));
        if (call.translated()) {
            LlmAnswer whole = reading.readAnswer(client.writeAnswer(meant, call.asked()));
            assertThat(Gist.of(got.whole(), choices, refusals, kind -> kind))
                    .as("streamed and whole say the same")
                    .isEqualTo(Gist.of(whole, choices, refusals, kind -> kind));
        }
    }

    /// Whether the answer ended in an error, and the client's dialect cannot say that of an answer.
    private boolean brokeOff(LlmAnswer meant) {
        return meant.choices().getFirst().finish().kind() == Finish.Kind.ERROR
                && List.of("anthropic", "openai-responses").contains(client.name());
    }

    /// Holds what the gateway's own reader makes of the answer to what can be seen in it.
    private void checkReading(LlmAnswer meant) throws Exception {
        Heard heard = Heard.in(recording);
        int first = meant.choices().stream().map(LlmAnswer.Choice::index).toList().indexOf(0);
        Map<String, Object> read = Gist.of(meant, 9, true, kind -> kind).get(Math.max(first, 0));
        String said = read.getOrDefault("thinking", "") + "" + read.getOrDefault("text", "");
        assertThat(Heard.bare(said)).as("what was read").isEqualTo(heard.said());
        assertThat(read.getOrDefault("calls", List.of())).isEqualTo(heard.calls());
        TokenUsage usage = meant.usage();
        if (usage == null) {
            assertThat(heard.counted()).as("nothing is counted").isFalse();
            return;
        }
        assertThat(usage.promptTokens()).isEqualTo(heard.prompt());
        assertThat(usage.cacheRead()).isEqualTo(heard.cached());
        assertThat(heard.outputs()).contains(usage.output());
        if (usage.output() == heard.outputs().getFirst()) {
            assertThat(usage.reasoning()).isEqualTo(Math.min(heard.reasoned(), usage.output()));
        }
    }

    private void checkUsage(@Nullable TokenUsage meant, @Nullable TokenUsage got, LlmCall call) {
        if (meant == null) {
            return;
        }
        assertThat(call.usage()).as("the ledger's").isEqualTo(meant);
        if (call.usageUnasked()) {
            return;
        }
        TokenUsage shown = Objects.requireNonNull(got, "the client's usage");
        assertThat(counts(shown)).isEqualTo(counts(meant));
    }

    /// Google has no word for what is written to a cache.
    private List<Long> counts(TokenUsage usage) {
        return List.of(
                usage.promptTokens(),
                usage.cacheRead(),
                client.name().equals("gemini") ? 0 : usage.cacheWrite(),
                usage.output(),
                usage.reasoning());
    }

    private void checkError(
            LlmError meant, Answered got, HttpResponse<byte[]> response, Exchange exchange) {
        assertThat(got.error()).as("%s", new String(response.body(), UTF_8)).isNotNull();
        LlmError shown = Objects.requireNonNull(got.error());
        if (recording.status() >= 400) {
            assertThat(response.statusCode())
                    .isEqualTo(passes ? recording.status() : client.status(meant));
            assertThat(shown.kind()).isEqualTo(passes ? meant.kind() : sayable(meant.kind()));
            if (recording.response().path("headers").has("retry-after")) {
                assertThat(response.headers().firstValue("retry-after")).isPresent();
            }
        } else if (stream || !passes) {
            assertThat(exchange.outcome().failed()).isTrue();
        }
        assertThat(shown.message()).contains(meant.message());
    }

    /// What the client's dialect can say of what went wrong.
    private LlmError.Kind sayable(LlmError.Kind kind) {
        return switch (client.name()) {
            case "anthropic" ->
                    switch (kind) {
                        case QUOTA -> LlmError.Kind.RATE_LIMIT;
                        case POLICY -> LlmError.Kind.INVALID;
                        default -> kind;
                    };
            case "gemini" ->
                    switch (kind) {
                        case BILLING, QUOTA -> LlmError.Kind.RATE_LIMIT;
                        case CONTEXT, POLICY, TOO_LARGE -> LlmError.Kind.INVALID;
                        default -> kind;
                    };
            default -> kind == LlmError.Kind.BILLING ? LlmError.Kind.QUOTA : kind;
        };
    }

    /// What the client's dialect can say of why an answer ended.
    private Finish.Kind sayable(Finish.Kind kind) {
        return switch (client.name()) {
            case "openai" ->
                    switch (kind) {
                        case STOP, STOP_SEQUENCE, PAUSE, UNKNOWN -> Finish.Kind.STOP;
                        case LENGTH, CONTEXT_FULL -> Finish.Kind.LENGTH;
                        case CONTENT_FILTER, REFUSAL -> Finish.Kind.CONTENT_FILTER;
                        default -> kind;
                    };
            case "openai-responses" ->
                    switch (kind) {
                        case STOP, STOP_SEQUENCE, PAUSE, UNKNOWN -> Finish.Kind.STOP;
                        case LENGTH, CONTEXT_FULL -> Finish.Kind.LENGTH;
                        case REFUSAL -> Finish.Kind.CONTENT_FILTER;
                        default -> kind;
                    };
            case "anthropic" ->
                    switch (kind) {
                        case UNKNOWN -> Finish.Kind.STOP;
                        case CONTENT_FILTER -> Finish.Kind.REFUSAL;
                        default -> kind;
                    };
            default ->
                    switch (kind) {
                        case STOP_SEQUENCE, PAUSE, UNKNOWN -> Finish.Kind.STOP;
                        case CONTEXT_FULL -> Finish.Kind.LENGTH;
                        case REFUSAL -> Finish.Kind.CONTENT_FILTER;
                        default -> kind;
                    };
        };
    }

    boolean askedSmall() {
        return small;
    }
}
