package dev.torii.desktop.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What the proxy port of a [FakeEngine] says to a chat: deltas one by one, or a refusal.
public final class FakeChat {

    /// The id under which the request shows up in events.
    public static final String REQUEST_ID = "0123456789abcdef0123456789abcdef";

    private final List<String> deltas;
    private final int status;
    private final String message;
    private final @Nullable Semaphore gate;
    private final AtomicReference<@Nullable ObjectNode> received = new AtomicReference<>();

    private FakeChat(List<String> deltas, int status, String message, @Nullable Semaphore gate) {
        this.deltas = deltas;
        this.status = status;
        this.message = message;
        this.gate = gate;
    }

    /// Streams these pieces at once.
    public static FakeChat saying(String... deltas) {
        return new FakeChat(List.of(deltas), 200, "", null);
    }

    /// Streams one piece each time the gate gives a permit.
    public static FakeChat pacedBy(Semaphore gate, String... deltas) {
        return new FakeChat(List.of(deltas), 200, "", gate);
    }

    /// Refuses, in the words of an OpenAI error.
    public static FakeChat refusing(int status, String message) {
        return new FakeChat(List.of(), status, message, null);
    }

    /// The body of the last request.
    public @Nullable ObjectNode received() {
        return received.get();
    }

    void answer(HttpExchange exchange) throws IOException, MalformedJsonException {
        received.set((ObjectNode) Json.parse(exchange.getRequestBody().readAllBytes()));
        exchange.getResponseHeaders().set("X-Kong-Request-Id", REQUEST_ID);
        if (status != 200) {
            ObjectNode error = Json.object();
            error.putObject("error").put("message", message);
            byte[] bytes = Json.bytes(error);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (String delta : deltas) {
            if (gate != null) {
                gate.acquireUninterruptibly();
            }
            write(out, Json.text(chunk(delta)));
        }
        ObjectNode last = Json.object();
        last.put("model", "gpt-4o-mini").putArray("choices");
        last.putObject("usage").put("prompt_tokens", 118).put("completion_tokens", deltas.size());
        write(out, Json.text(last));
        write(out, "[DONE]");
    }

    private static ObjectNode chunk(String delta) {
        ObjectNode chunk = Json.object();
        chunk.put("model", "gpt-4o-mini");
        chunk.putArray("choices").addObject().putObject("delta").put("content", delta);
        return chunk;
    }

    private static void write(OutputStream out, String data) throws IOException {
        out.write(("data: " + data + "\n\n").getBytes(UTF_8));
        out.flush();
    }
}
