package dev.torii.desktop.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// Made-up requests of four models, the same at each run.
public final class SampleTraffic {

    private static final List<String> MODELS =
            List.of("gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-flash", "qwen3:8b");
    private static final List<String> PROVIDERS =
            List.of("openai", "anthropic", "gemini", "ollama");
    private static final int[] TOKENS = {1100, 1300, 520, 340};
    private static final String[] COSTS = {"0.61", "1.12", "0.11", "0.00"};
    private static final int[] REQUESTS = {1284, 402, 377, 219};

    private SampleTraffic() {}

    /// About 80 requests a minute over the ten minutes before `now`.
    public static ArrayNode requests(Instant now) {
        var random = new Random(7);
        ArrayNode rows = Json.array();
        for (int i = 0; i < 820; i++) {
            long end = now.toEpochMilli() - i * 730L - random.nextInt(400);
            int model = random.nextInt(10) < 4 ? 0 : random.nextInt(MODELS.size());
            long latency = 2_000L + random.nextInt(6_000);
            boolean failed = random.nextInt(60) == 0;
            long tokens = failed ? 0 : TOKENS[model] / 4 + random.nextInt(TOKENS[model] / 2);
            ObjectNode row = rows.addObject();
            row.put("id", "sample-" + i)
                    .put("started_at", end - latency)
                    .put("method", "POST")
                    .put("path", "/chat")
                    .put("route", model == 0 ? "chat-route" : "agents-route")
                    .put("service", "chat-service")
                    .put("provider", PROVIDERS.get(model))
                    .put("model", MODELS.get(model))
                    .put("status", failed ? 429 : 200)
                    .put("stream", true)
                    .put("latency_ms", latency)
                    .put("gateway_ms", 3)
                    .put(
                            "ttft_ms",
                            240L + random.nextInt(200) + (random.nextInt(12) == 0 ? 400 : 0))
                    .put("request_bytes", 900)
                    .put("response_bytes", 4000)
                    .put("prompt_tokens", tokens * 2 / 3)
                    .put("completion_tokens", tokens / 3)
                    .put("cached_tokens", tokens / 4)
                    .put("estimated", false)
                    .put("cost_usd", new BigDecimal("0.0004"));
        }
        return rows;
    }

    /// What each model cost today.
    public static ArrayNode costs() {
        ArrayNode rows = Json.array();
        for (int i = 0; i < MODELS.size(); i++) {
            ObjectNode row = rows.addObject();
            row.putNull("bucket");
            row.putObject("group").put("model", MODELS.get(i));
            row.put("requests", REQUESTS[i])
                    .put("errors", i)
                    .put("prompt_tokens", 90_000)
                    .put("completion_tokens", 30_000)
                    .put("cached_tokens", 20_000)
                    .put("reasoning_tokens", 0)
                    .put("estimated", 0)
                    .put("unpriced", 0)
                    .put("cost_usd", new BigDecimal(COSTS[i]));
            row.putObject("latency_ms").put("p50", 1910).put("p95", 4200).put("p99", 6100);
            row.putObject("ttft_ms").put("p50", 318).put("p95", 640).put("p99", 900);
        }
        return rows;
    }
}
