package dev.torii.engine.telemetry;

import dev.torii.engine.exchange.Attempt;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.exchange.Outcome;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Exchanges that have ended, as the request path hands them over.
public final class FinishedExchanges {

    public static final String QUESTION =
            """
            {"model":"gpt-4o-mini","messages":[{"role":"user","content":"hello world"}]}\
            """;

    private FinishedExchanges() {}

    public static LlmTarget target(String provider, @Nullable String model) {
        return target(provider, model, null, null);
    }

    public static LlmTarget target(
            String provider,
            @Nullable String model,
            @Nullable BigDecimal inputCost,
            @Nullable BigDecimal outputCost) {
        return new LlmTarget(
                provider, model, RouteType.CHAT, Json.object(), null, inputCost, outputCost);
    }

    public static TokenUsage used(long prompt, long completion) {
        return new TokenUsage(prompt, 0, 0, completion, 0, TokenUsage.Source.FINAL);
    }

    /// A chat with `gpt-4o-mini` that was answered with 200 after 250 ms.
    public static Exchange chat(@Nullable TokenUsage usage, String answer) {
        return chat(usage, answer, new Outcome(200, Outcome.Source.UPSTREAM, 80, 400, null), 200);
    }

    public static Exchange chat(
            @Nullable TokenUsage usage, String answer, Outcome outcome, int upstreamStatus) {
        Exchange exchange = Exchanges.withBody(QUESTION);
        LlmBody body = exchange.body();
        var llm =
                new LlmCall(
                        target("openai", "gpt-4o-mini"),
                        Exchanges.CHAT,
                        body,
                        true,
                        true,
                        true,
                        false);
        if (usage != null) {
            llm.usage(usage);
        }
        llm.answer(() -> answer);
        llm.upstreamBody(body.bytes());
        exchange.llm(llm);
        exchange.attempts()
                .add(new Attempt("api.openai.com", 443, 1_700_000_000_121L, upstreamStatus, null));
        exchange.timings().sentUpstream(3_000_000);
        exchange.timings().firstToken(91_000_000);
        exchange.timings().ended(251_000_000);
        exchange.end(outcome);
        return exchange;
    }

    /// A request that went to no model.
    public static Exchange plain(int status) {
        Exchange exchange = Exchanges.of(FakeClientRequest.get("/chat?key=secret"));
        exchange.timings().ended(6_000_000);
        exchange.end(new Outcome(status, Outcome.Source.GATEWAY, 0, 20, null));
        return exchange;
    }
}
