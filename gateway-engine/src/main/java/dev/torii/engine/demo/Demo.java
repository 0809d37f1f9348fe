package dev.torii.engine.demo;

import static java.util.Collections.nCopies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.api.UsageReport;
import dev.torii.model.api.UsageRow;
import dev.torii.model.json.Json;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The hands-on from one end to the other: makes the service, the route and the plugins through the
/// Admin API, asks, and shows what happened. Each step is checked; the first that deviates ends the
/// demo.
public final class Demo {

    static final String ROUTE_PATH = "/chat";

    private static final String SERVICE = "chat-service";
    private static final String ROUTE = "chat-route";
    private static final String GATEWAY_KEY = "Bearer gateway-key";
    private static final String SYSTEM_PROMPT = "あなたは優秀なアシスタントです";
    private static final String DENIED = ".*登山.*";
    private static final String REFUSAL = "{\"error\":{\"message\":\"bad request\"}}";

    private static final String JAPANESE_QUESTION = "鳥居とは何ですか。";
    private static final String ENGLISH_QUESTION = "What is a gateway?";
    private static final String DENIED_QUESTION = "週末の登山に何を持って行けばよいですか。";
    private static final int QUESTIONS = 3;

    /// In a rehearsal: how many ask at once, and of how many answers one is streamed.
    private static final int AT_ONCE = 16;

    private static final int STREAMED = 8;
    private static final String LONG_QUESTION = ENGLISH_QUESTION.repeat(20);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final URI proxy;
    private final URI admin;
    private final DemoModel model;
    private final PrintWriter out;

    public Demo(URI proxy, URI admin, DemoModel model, PrintWriter out) {
        this.proxy = proxy;
        this.admin = admin;
        this.model = model;
        this.out = out;
    }

    /// Runs all steps in order.
    ///
    /// @throws DemoException at the first step that does not go as it should
    public void run() throws InterruptedException {
        out.println(
                "Torii demo: no key, no network; the model is a small demo model in this process.");
        try (DemoClient client = new DemoClient(proxy, admin)) {
            configure(client);
            answerStreamed(client);
            answerWhole(client);
            showWhatTheModelSaw();
            refuse(client);
            showUsage(client);
        }
        out.println();
        out.println("The demo ran to its end.");
        out.flush();
    }

    /// Prints how to go on by hand while the gateway is left running.
    public void explain() {
        URI chat = proxy.resolve(ROUTE_PATH);
        heading("It goes on running until Ctrl-C. Try:");
        """

        curl %1$s -H 'Content-Type: application/json' \\
          -d '{"messages":[{"role":"user","content":"Hello"}]}'

        curl -N %1$s -H 'Content-Type: application/json' \\
          -d '{"stream":true,"messages":[{"role":"user","content":"こんにちは"}]}'

        curl '%2$s/torii/usage?group_by=model'

        # Python: pip install openai
        from openai import OpenAI
        client = OpenAI(base_url="%1$s", api_key="dummy")
        answer = client.chat.completions.create(
            model="%3$s", messages=[{"role": "user", "content": "Hello"}])
        print(answer.choices[0].message.content)
        """
                .formatted(chat, admin, DemoModel.NAME)
                .lines()
                .forEach(this::line);
    }

    /// Asks for some time, many at once and as fast as answers come, so that the JVM sees how the
    /// busy road runs. Prints nothing.
    ///
    /// @throws DemoException when a question is not answered
    public void rehearse(Duration time) throws InterruptedException {
        model.hurry();
        long end = System.nanoTime() + time.toNanos();
        try (DemoClient client = new DemoClient(proxy, admin);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Boolean> asking = () -> askUntil(end, client);
            for (Future<Boolean> asked : threads.invokeAll(nCopies(AT_ONCE, asking))) {
                asked.get();
            }
        } catch (ExecutionException e) {
            throw new DemoException("the rehearsal broke off: " + e.getCause(), e);
        }
    }

    /// @return true
    private static boolean askUntil(long end, DemoClient client) throws InterruptedException {
        for (int i = 0; System.nanoTime() < end; i++) {
            if (i % STREAMED == 0) {
                client.chatStreaming(LONG_QUESTION, _ -> {});
            } else if (client.chat(LONG_QUESTION).status() != 200) {
                throw new DemoException("a question was not answered");
            }
        }
        return true;
    }

    private void configure(DemoClient client) throws InterruptedException {
        heading("Configure, through the Admin API at " + admin);
        create(
                client,
                "/services",
                Json.object().put("name", SERVICE).put("url", model.uri().toString()),
                SERVICE);
        ObjectNode route = Json.object().put("name", ROUTE);
        route.putArray("paths").add(ROUTE_PATH);
        create(client, "/services/" + SERVICE + "/routes", route, ROUTE + ", path " + ROUTE_PATH);
        plugin(client, "ai-proxy", aiProxy(), "openai / " + DemoModel.NAME + ", at the demo model");
        plugin(client, "ai-prompt-decorator", decorator(), "system prompt: " + SYSTEM_PROMPT);
        plugin(client, "ai-prompt-guard", guard(), "deny: " + DENIED);
    }

    private void plugin(DemoClient client, String name, ObjectNode config, String shown)
            throws InterruptedException {
        ObjectNode plugin = Json.object().put("name", name);
        plugin.set("config", config);
        create(client, "/services/" + SERVICE + "/plugins", plugin, name + ", " + shown);
    }

    private void create(DemoClient client, String path, ObjectNode entity, String shown)
            throws InterruptedException {
        client.create(path, entity);
        line("POST %-31s 201  %s".formatted(path, shown));
    }

    private ObjectNode aiProxy() {
        ObjectNode config = Json.object().put("route_type", "llm/v1/chat");
        config.putObject("auth")
                .put("header_name", "Authorization")
                .put("header_value", GATEWAY_KEY);
        ObjectNode target = config.putObject("model");
        target.put("provider", "openai").put("name", DemoModel.NAME);
        target.putObject("options")
                .put("max_tokens", 1024)
                .put("temperature", 0.7)
                .put("input_cost", 0.15)
                .put("output_cost", 0.6)
                .put("upstream_url", model.chatUri().toString());
        config.putObject("logging").put("log_statistics", true).put("log_payloads", false);
        return config;
    }

    private static ObjectNode decorator() {
        ObjectNode config = Json.object();
        config.putObject("prompts")
                .putArray("prepend")
                .addObject()
                .put("role", "system")
                .put("content", SYSTEM_PROMPT);
        return config;
    }

    private static ObjectNode guard() {
        ObjectNode config = Json.object();
        config.putArray("deny_patterns").add(DENIED);
        return config;
    }

    private void answerStreamed(DemoClient client) throws InterruptedException {
        heading("Ask through " + proxy.resolve(ROUTE_PATH) + ", streamed");
        line("> " + JAPANESE_QUESTION);
        out.print("  < ");
        AtomicInteger pieces = new AtomicInteger();
        client.chatStreaming(
                JAPANESE_QUESTION,
                text -> {
                    if (pieces.getAndIncrement() == 0 && !model.streaming()) {
                        throw new DemoException(
                                "the answer was held back until the model had sent all of it");
                    }
                    out.print(text);
                    out.flush();
                });
        out.println();
        if (pieces.get() == 0) {
            throw new DemoException("the streamed answer was empty");
        }
        line("(" + pieces + " pieces, each shown as it came)");
    }

    private void answerWhole(DemoClient client) throws InterruptedException {
        heading("Ask again, not streamed");
        line("> " + ENGLISH_QUESTION);
        DemoClient.Reply reply = client.chat(ENGLISH_QUESTION);
        ObjectNode answer = Json.parseObjectOrNull(reply.body().getBytes(StandardCharsets.UTF_8));
        if (reply.status() != 200 || answer == null) {
            throw new DemoException(
                    "the question was answered " + reply.status() + ": " + reply.body());
        }
        line("< " + answer.path("choices").path(0).path("message").path("content").asText());
    }

    private void showWhatTheModelSaw() {
        heading("What the model received");
        DemoModel.Received last = Objects.requireNonNull(model.last());
        for (JsonNode message : last.body().path("messages")) {
            line(
                    "%-7s %s"
                            .formatted(
                                    message.path("role").asText(),
                                    message.path("content").asText()));
        }
        if (!last.body().path("messages").path(0).path("content").asText().equals(SYSTEM_PROMPT)) {
            throw new DemoException("the system prompt did not reach the model");
        }
        if (!Objects.equals(last.authorization(), GATEWAY_KEY)) {
            throw new DemoException("the model was not sent the key that the gateway holds");
        }
        line("and the gateway's key in place of the client's “" + DemoClient.CLIENT_KEY + "”");
    }

    private void refuse(DemoClient client) throws InterruptedException {
        heading("A prompt that the guard refuses");
        int before = model.asked();
        line("> " + DENIED_QUESTION);
        DemoClient.Reply reply = client.chat(DENIED_QUESTION);
        line("< " + reply.status() + " " + reply.body());
        if (reply.status() != 400 || !reply.body().equals(REFUSAL)) {
            throw new DemoException("the guard did not answer 400 " + REFUSAL);
        }
        if (model.asked() != before) {
            throw new DemoException("a refused prompt reached the model");
        }
        line("(nothing of it reached the model)");
    }

    private void showUsage(DemoClient client) throws InterruptedException {
        heading("Tokens, from GET /torii/usage");
        TextTable table =
                new TextTable(
                        "model", "route", "requests", "errors", "prompt", "completion", "cost USD");
        UsageReport report = settledUsage(client);
        for (UsageRow row : report.data()) {
            table.row(
                    label(row, "model"),
                    label(row, "route"),
                    String.valueOf(row.requests()),
                    String.valueOf(row.errors()),
                    String.valueOf(row.promptTokens()),
                    String.valueOf(row.completionTokens()),
                    cost(row.costUsd()));
        }
        table.lines().forEach(this::line);
        if (report.data().stream().noneMatch(row -> row.completionTokens() > 0)) {
            throw new DemoException("the usage report counts no tokens");
        }
    }

    /// The ledger is written behind the requests, so the last of them may still be missing.
    private static UsageReport settledUsage(DemoClient client) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            UsageReport report = client.usage("model,route");
            long requests = report.data().stream().mapToLong(UsageRow::requests).sum();
            if (requests == QUESTIONS) {
                return report;
            }
            if (System.nanoTime() > giveUp) {
                throw new DemoException(
                        "the usage report counts %d requests instead of %d"
                                .formatted(requests, QUESTIONS));
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static String label(UsageRow row, String name) {
        String value = row.group().get(name);
        return value == null ? "–" : value;
    }

    private static String cost(@Nullable BigDecimal usd) {
        return usd == null ? "–" : usd.stripTrailingZeros().toPlainString();
    }

    private void heading(String text) {
        out.println();
        out.println(text);
        out.flush();
    }

    private void line(String text) {
        out.println(("  " + text).stripTrailing());
        out.flush();
    }
}
