package dev.torii.engine.store;

import dev.torii.model.api.RequestSummary;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finished requests for tests, varied where a test looks.
public record RequestSummaries(
        String id,
        long startedAt,
        @Nullable String route,
        @Nullable String consumer,
        @Nullable String model,
        int status,
        long latencyMs,
        @Nullable Long ttftMs,
        @Nullable Long tokens,
        @Nullable String cost) {

    public static final RequestSummaries CHAT =
            new RequestSummaries(
                    "r1", 0, "chat-route", null, "gpt-4o-mini", 200, 100, 40L, 10L, "0.0000015");

    public RequestSummaries id(String value) {
        return new RequestSummaries(
                value, startedAt, route, consumer, model, status, latencyMs, ttftMs, tokens, cost);
    }

    public RequestSummaries at(long value) {
        return new RequestSummaries(
                id, value, route, consumer, model, status, latencyMs, ttftMs, tokens, cost);
    }

    public RequestSummaries consumer(String value) {
        return new RequestSummaries(
                id, startedAt, route, value, model, status, latencyMs, ttftMs, tokens, cost);
    }

    public RequestSummaries model(String value) {
        return new RequestSummaries(
                id, startedAt, route, consumer, value, status, latencyMs, ttftMs, tokens, cost);
    }

    public RequestSummaries status(int value) {
        return new RequestSummaries(
                id, startedAt, route, consumer, model, value, latencyMs, ttftMs, tokens, cost);
    }

    public RequestSummaries took(long millis) {
        return new RequestSummaries(
                id, startedAt, route, consumer, model, status, millis, ttftMs, tokens, cost);
    }

    public RequestSummaries firstToken(@Nullable Long value) {
        return new RequestSummaries(
                id, startedAt, route, consumer, model, status, latencyMs, value, tokens, cost);
    }

    public RequestSummaries tokens(@Nullable Long value, @Nullable String costUsd) {
        return new RequestSummaries(
                id, startedAt, route, consumer, model, status, latencyMs, ttftMs, value, costUsd);
    }

    public RequestSummary done() {
        return new RequestSummary(
                id,
                startedAt,
                "POST",
                "/chat",
                route,
                "chat-service",
                consumer,
                "openai",
                model,
                null,
                status,
                status,
                true,
                latencyMs,
                2,
                ttftMs,
                80,
                400,
                tokens,
                tokens,
                tokens == null ? null : 4L,
                tokens == null ? null : 0L,
                tokens == null ? null : 1L,
                false,
                cost == null ? null : new BigDecimal(cost),
                null,
                List.of());
    }
}
