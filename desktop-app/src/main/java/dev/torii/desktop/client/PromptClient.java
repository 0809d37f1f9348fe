package dev.torii.desktop.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;

/// Sends prompts through the proxy port, as any app does.
public final class PromptClient {

    /// More of an answer that is no stream is not shown.
    private static final int MOST_BYTES = 200_000;

    private final HttpClient http;

    public PromptClient(HttpClient http) {
        this.http = http;
    }

    /// Sends and reads to the end. Interrupting the thread hangs up.
    public PromptOutcome send(URI proxy, PromptRequest prompt, PromptListener listener)
            throws InterruptedException {
        var request =
                HttpRequest.newBuilder(proxy.resolve(prompt.path()))
                        .header("Content-Type", "application/json")
                        .header("Accept", "text/event-stream, application/json")
                        .POST(BodyPublishers.ofByteArray(Json.bytes(prompt.body())));
        if (!prompt.apiKey().isEmpty()) {
            request.header("apikey", prompt.apiKey());
        }
        var answer = new Answer(listener);
        try {
            HttpResponse<InputStream> response =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return answer.read(response, body);
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException("hung up");
            }
            return new PromptOutcome.Broken(answer.begun);
        }
    }

    /// Reads one answer.
    private static final class Answer {

        private final PromptListener listener;
        private boolean begun;
        private boolean named;
        private @Nullable PromptOutcome error;
        private @Nullable Long promptTokens;
        private @Nullable Long completionTokens;

        Answer(PromptListener listener) {
            this.listener = listener;
        }

        PromptOutcome read(HttpResponse<InputStream> response, InputStream body)
                throws IOException {
            listener.accepted(response.headers().firstValue("X-Kong-Request-Id").orElse(""));
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (response.statusCode() < 400 && type.startsWith("text/event-stream")) {
                ServerSentEvents.read(
                        new BufferedReader(new InputStreamReader(body, UTF_8)),
                        (_, data) -> event(response.statusCode(), data));
                return error == null
                        ? new PromptOutcome.Finished(promptTokens, completionTokens)
                        : error;
            }
            return whole(response.statusCode(), body.readNBytes(MOST_BYTES));
        }

        private void event(int status, String data) {
            if (data.equals("[DONE]")) {
                return;
            }
            try {
                JsonNode chunk = Json.parse(data);
                if (chunk.has("error")) {
                    error = new PromptOutcome.Refused(status, message(chunk));
                    return;
                }
                take(chunk, chunk.path("choices").path(0).path("delta").path("content"));
            } catch (MalformedJsonException e) {
                // A stream that is no chat: what can be read is shown.
            }
        }

        private PromptOutcome whole(int status, byte[] bytes) {
            JsonNode answer = Json.object();
            try {
                answer = Json.parse(bytes);
            } catch (MalformedJsonException e) {
                if (status < 400) {
                    text(new String(bytes, UTF_8));
                }
            }
            if (status >= 400) {
                return new PromptOutcome.Refused(status, message(answer));
            }
            JsonNode content = answer.path("choices").path(0).path("message").path("content");
            take(answer, content);
            if (!content.isTextual() && !begun) {
                text(Json.pretty(answer));
            }
            return new PromptOutcome.Finished(promptTokens, completionTokens);
        }

        private void take(JsonNode answer, JsonNode content) {
            if (!named && answer.path("model").isTextual()) {
                named = true;
                listener.model(answer.path("model").textValue());
            }
            if (content.isTextual() && !content.textValue().isEmpty()) {
                text(content.textValue());
            }
            JsonNode usage = answer.path("usage");
            if (usage.isObject()) {
                promptTokens = number(usage.path("prompt_tokens"));
                completionTokens = number(usage.path("completion_tokens"));
            }
        }

        private void text(String piece) {
            begun = true;
            listener.text(piece);
        }

        private static @Nullable Long number(JsonNode node) {
            return node.isNumber() ? Long.valueOf(node.longValue()) : null;
        }

        /// An OpenAI error, or Kong's own `{"message": …}`.
        private static String message(JsonNode answer) {
            JsonNode error = answer.path("error");
            return error.path("message").asText(error.asText(answer.path("message").asText("")));
        }
    }
}
