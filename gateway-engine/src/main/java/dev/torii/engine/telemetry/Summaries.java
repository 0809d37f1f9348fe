package dev.torii.engine.telemetry;

import dev.torii.engine.exchange.Attempt;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.exchange.MatchedRoute;
import dev.torii.engine.exchange.Outcome;
import dev.torii.engine.exchange.Timings;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.Service;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import dev.torii.model.llm.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads an exchange that has ended.
final class Summaries {

    private Summaries() {}

    static RequestSummary of(Exchange exchange) {
        Outcome outcome = exchange.outcome();
        Timings timings = exchange.timings();
        MatchedRoute match = exchange.match();
        Service service = match == null ? null : match.service();
        Consumer consumer = exchange.consumer();
        LlmCall llm = exchange.llm();
        TokenUsage usage = llm == null ? null : llm.usage();
        long firstToken = timings.firstTokenMillis();
        return new RequestSummary(
                exchange.id(),
                timings.startedAtMillis(),
                exchange.request().method(),
                exchange.request().path(),
                match == null ? null : match.route().label(),
                service == null ? null : service.label(),
                consumer == null ? null : consumer.label(),
                llm == null ? null : llm.target().provider(),
                llm == null ? null : model(llm),
                llm == null ? null : llm.responseModel(),
                outcome.status(),
                upstreamStatus(exchange.attempts()),
                llm != null && llm.stream(),
                timings.totalMillis(),
                timings.gatewayMillis(),
                firstToken < 0 ? null : firstToken,
                outcome.requestBytes(),
                outcome.responseBytes(),
                usage == null ? null : usage.promptTokens(),
                usage == null ? null : usage.completionTokens(),
                usage == null ? null : usage.cacheRead(),
                usage == null ? null : usage.cacheWrite(),
                usage == null ? null : usage.reasoning(),
                usage != null && usage.estimated(),
                llm == null ? null : llm.costUsd(),
                outcome.error(),
                llm == null ? List.of() : llm.losses().all());
    }

    /// The model asked for; where the body goes through as it is, the model that answered is the
    /// nearest to know.
    static @Nullable String model(LlmCall llm) {
        String asked = llm.target().model();
        return asked == null ? llm.responseModel() : asked;
    }

    /// Whether a model has answered and nobody has said what that took. An error of the upstream
    /// takes nothing; a stream that broke has taken what came of it.
    static boolean needsCount(Exchange exchange, LlmCall llm) {
        if (llm.usage() != null || passes(llm)) {
            return false;
        }
        Integer status = upstreamStatus(exchange.attempts());
        return status != null && status >= 200 && status < 300;
    }

    /// What images, audio and files take is not to be guessed from their text.
    private static boolean passes(LlmCall llm) {
        return llm.client().operation() == Operation.PASS
                && llm.target().routeType() != RouteType.PRESERVE;
    }

    private static @Nullable Integer upstreamStatus(List<Attempt> attempts) {
        if (attempts.isEmpty() || attempts.getLast().status() == 0) {
            return null;
        }
        return attempts.getLast().status();
    }
}
