package dev.torii.engine.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.json.Json;
import dev.torii.model.llm.TokenUsage;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {

    private PriceTable table = PriceTable.bundled();

    @BeforeEach
    void smallCatalogue() throws Exception {
        table =
                PriceTable.read(
                        Json.parse(
                                """
                                {"date": "2026-08-21", "providers": {
                                  "openai": {
                                    "gpt-4o": {"input": 2.5, "output": 10, "cache_read": 1.25},
                                    "gpt-4o-2024-05-13": {"input": 5, "output": 15},
                                    "gpt-4o-mini": {"input": 0.15, "output": 0.6, "cache_read": 0.075},
                                    "text-embedding-3-small": {"input": 0.02},
                                    "chatgpt-4o-latest": {"input": 5, "output": 15},
                                    "long": {"input": 1, "output": 2, "cache_read": 0.5, "cache_write": 1.5,
                                      "tiers": [
                                        {"above_input_tokens": 100, "input": 3, "output": 4, "cache_read": 0.7},
                                        {"above_input_tokens": 1000, "input": 5, "output": 6}]}}}}
                                """));
    }

    private static TokenUsage usage(long fresh, long read, long write, long output) {
        return new TokenUsage(fresh, read, write, output, 0, TokenUsage.Source.FINAL);
    }

    private @Nullable BigDecimal cost(String model, TokenUsage usage) {
        return table.cost(FinishedExchanges.target("openai", model), null, usage);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, 1, 0, 0, 0, 0.00000015",
        "gpt-4o-mini, 1000000, 0, 0, 0, 0.15",
        "gpt-4o-mini, 0, 1, 0, 0, 0.000000075",
        "gpt-4o-mini, 7, 3, 0, 11, 0.000007875",
        "gpt-4o, 20000000, 0, 0, 1000000, 60",
        "gpt-4o-mini, 0, 0, 0, 0, 0",
        // No price for writing a cache: it is charged as input.
        "gpt-4o-mini, 0, 0, 2, 0, 0.0000003",
        "text-embedding-3-small, 50, 0, 0, 0, 0.000001",
    })
    void pricesExactly(
            String model, long fresh, long read, long write, long output, String expected) {
        assertThat(cost(model, usage(fresh, read, write, output)))
                .isEqualTo(new BigDecimal(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "50, 50, 0, 10, 0.000095",
        "51, 50, 0, 10, 0.000228",
        // This tier has no cache price of its own: its input price counts.
        "900, 101, 0, 0, 0.005005",
        "10, 0, 4, 0, 0.000016",
    })
    void longPromptsMayCostMore(long fresh, long read, long write, long output, String expected) {
        assertThat(cost("long", usage(fresh, read, write, output)))
                .isEqualTo(new BigDecimal(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini-2024-07-18, 0.15",
        "gpt-4o-mini-20240718, 0.15",
        "gpt-4o-mini-latest, 0.15",
        "GPT-4o-mini, 0.15",
        "chatgpt-4o, 5",
        // A version with a price of its own keeps it.
        "gpt-4o-2024-05-13, 5",
        "gpt-4o-2024-08-06, 2.5",
    })
    void aVersionCostsWhatItsFamilyDoes(String model, String perMillion) {
        assertThat(cost(model, usage(1_000_000, 0, 0, 0))).isEqualTo(new BigDecimal(perMillion));
    }

    @Test
    void theModelThatAnsweredDecides() {
        var target = FinishedExchanges.target("openai", "gpt-4o");

        assertThat(table.cost(target, "gpt-4o-2024-05-13", usage(1_000_000, 0, 0, 0)))
                .isEqualTo(new BigDecimal("5"));
        assertThat(table.cost(target, "my-deployment", usage(1_000_000, 0, 0, 0)))
                .isEqualTo(new BigDecimal("2.5"));
    }

    @Test
    void anUnknownPriceIsNotNothing() {
        assertThat(cost("gpt-99", usage(1, 0, 0, 0))).isNull();
        assertThat(cost("text-embedding-3-small", usage(1, 0, 0, 1))).isNull();
        assertThat(
                        table.cost(
                                FinishedExchanges.target("nobody", "gpt-4o"),
                                null,
                                usage(1, 0, 0, 0)))
                .isNull();
    }

    @Test
    void theTargetsOwnCostsCountInsteadOfTheCatalogues() {
        var both =
                FinishedExchanges.target(
                        "openai", "gpt-99", new BigDecimal("0.3"), new BigDecimal("0.7"));
        var inputOnly = FinishedExchanges.target("openai", "gpt-4o", new BigDecimal("0.3"), null);
        var free = FinishedExchanges.target("openai", "x", BigDecimal.ZERO, BigDecimal.ZERO);

        assertThat(table.cost(both, null, usage(10, 10, 10, 10)))
                .isEqualTo(new BigDecimal("0.000016"));
        assertThat(table.cost(inputOnly, null, usage(10, 10, 0, 10)))
                .isEqualTo(new BigDecimal("0.000106"));
        assertThat(table.cost(free, null, usage(10, 0, 0, 10))).isEqualByComparingTo("0");
    }

    @Test
    void theCatalogueInTheProductIsWhole() {
        PriceTable bundled = PriceTable.bundled();

        assertThat(LocalDate.parse(bundled.date())).isAfter(LocalDate.of(2026, 1, 1));
        assertThat(
                        bundled.cost(
                                FinishedExchanges.target("openai", "gpt-4o-mini"),
                                "gpt-4o-mini-2024-07-18",
                                usage(1_000_000, 1_000_000, 0, 1_000_000)))
                .isEqualTo(new BigDecimal("0.825"));
    }
}
