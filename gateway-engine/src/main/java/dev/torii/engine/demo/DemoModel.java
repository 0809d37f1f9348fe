package dev.torii.engine.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A stand-in for a model provider: a server on this machine that speaks OpenAI's chat completions
/// and says of itself that it is a demo.
public final class DemoModel implements AutoCloseable {

    static final String NAME = "demo-model";

    private static final String PATH = "/v1/chat/completions";

    /// About as fast as a person reads.
    private static final Duration PACE = Duration.ofMillis(30);

    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile @Nullable Received last;
    private volatile Duration pace = PACE;

    private DemoModel(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /// A request as it arrived here.
    ///
    /// @param authorization the header that carries the key
    record Received(@Nullable String authorization, ObjectNode body) {}

    public static DemoModel start() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            DemoModel model = new DemoModel(server, threads);
            server.setExecutor(threads);
            server.createContext("/", model::answer);
            server.start();
            return model;
        } catch (IOException e) {
            throw new DemoException("the demo model cannot listen: " + e.getMessage(), e);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    URI chatUri() {
        return uri().resolve(PATH);
    }

    /// How often it was asked so far.
    int asked() {
        return asked.get();
    }

    /// The latest request; null before the first.
    @Nullable Received last() {
        return last;
    }

    /// From now on streams come as fast as they can.
    void hurry() {
        pace = Duration.ZERO;
    }

    /// Whether an answer is still being sent.
    boolean streaming() {
        return streams.get() > 0;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] bytes = exchange.getRequestBody().readAllBytes();
            ObjectNode request = Json.parseObjectOrNull(bytes);
            if (!exchange.getRequestURI().getPath().equals(PATH) || request == null) {
                send(exchange, 404, Json.object().put("error", "the demo model only chats"));
                return;
            }
            last = new Received(exchange.getRequestHeaders().getFirst("Authorization"), request);
            asked.incrementAndGet();
            DemoAnswer answer = DemoAnswer.to(request);
            if (request.path("stream").asBoolean()) {
                streams.incrementAndGet();
                try {
                    stream(exchange, answer, request);
                } finally {
                    streams.decrementAndGet();
                }
            } else {
                send(exchange, 200, completion(answer));
            }
        }
    }

    private void stream(HttpExchange exchange, DemoAnswer answer, ObjectNode request)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        event(out, chunk(Json.object().put("role", "assistant").put("content", ""), null));
        for (String token : answer.tokens()) {
            try {
                Thread.sleep(pace);
            } catch (InterruptedException e) {
                return;
            }
            event(out, chunk(Json.object().put("content", token), null));
        }
        event(out, chunk(Json.object(), answer.finishReason()));
        if (request.path("stream_options").path("include_usage").asBoolean()) {
            ObjectNode last = envelope("chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(answer));
            event(out, last);
        }
        out.write("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body)
            throws IOException {
        byte[] bytes = Json.bytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void event(OutputStream out, ObjectNode chunk) throws IOException {
        out.write(("data: " + Json.text(chunk) + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static ObjectNode chunk(ObjectNode delta, @Nullable String finishReason) {
        ObjectNode chunk = envelope("chat.completion.chunk");
        choice(chunk, finishReason).set("delta", delta);
        return chunk;
    }

    private static ObjectNode completion(DemoAnswer answer) {
        ObjectNode completion = envelope("chat.completion");
        choice(completion, answer.finishReason())
                .putObject("message")
                .put("role", "assistant")
                .put("content", answer.text());
        completion.set("usage", usage(answer));
        return completion;
    }

    private static ObjectNode choice(ObjectNode envelope, @Nullable String finishReason) {
        ArrayNode choices = envelope.putArray("choices");
        return choices.addObject().put("index", 0).put("finish_reason", finishReason);
    }

    private static ObjectNode envelope(String object) {
        return Json.object()
                .put("id", "chatcmpl-demo")
                .put("object", object)
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", NAME);
    }

    private static ObjectNode usage(DemoAnswer answer) {
        int completionTokens = answer.tokens().size();
        return Json.object()
                .put("prompt_tokens", answer.promptTokens())
                .put("completion_tokens", completionTokens)
                .put("total_tokens", answer.promptTokens() + completionTokens);
    }
}
