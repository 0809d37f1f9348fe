package dev.torii.engine.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.llm.TokenUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What tokens cost, by provider and model. Exact: nothing is rounded, so that sums are right to
/// the last digit. A price that is not known is null, never 0.
public final class PriceTable {

    /// Prices are given for a million tokens.
    private static final int MILLION_DIGITS = 6;

    private static final Pattern VERSION =
            Pattern.compile("[-@](?:latest|\\d{4}-\\d{2}-\\d{2}|\\d{8})$");

    private final Map<String, Map<String, ModelPrice>> byProvider;
    private final String date;

    private PriceTable(Map<String, Map<String, ModelPrice>> byProvider, String date) {
        this.byProvider = byProvider;
        this.date = date;
    }

    /// The catalogue that comes with the product.
    public static PriceTable bundled() {
        try (var resource = PriceTable.class.getResourceAsStream("prices.json")) {
            if (resource == null) {
                throw new IllegalStateException("prices.json is not beside PriceTable");
            }
            return read(Json.parse(resource.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("prices.json: " + e.getMessage(), e);
        }
    }

    static PriceTable read(JsonNode catalogue) {
        var byProvider = new HashMap<String, Map<String, ModelPrice>>();
        catalogue
                .get("providers")
                .properties()
                .forEach(provider -> {
                    var models = new HashMap<String, ModelPrice>();
                    provider.getValue()
                            .properties()
                            .forEach(model ->
                                    models.put(model.getKey(), ModelPrice.read(model.getValue())));
                    byProvider.put(provider.getKey(), models);
                });
        return new PriceTable(byProvider, catalogue.get("date").asText());
    }

    /// The day that the catalogue's prices are of, ISO-8601.
    public String date() {
        return date;
    }

    /// The models of a provider whose prices are known, by name.
    public SortedSet<String> models(String provider) {
        return new TreeSet<>(byProvider.getOrDefault(provider, Map.of()).keySet());
    }

    /// What an answer costs in USD.
    ///
    /// The model that answered decides, and the model asked for where that one is not in the
    /// catalogue. An `input_cost` of the target is the price of all input tokens, cached or not; an
    /// `output_cost` that of all output tokens.
    ///
    /// @return null when tokens were used whose price is not known
    public @Nullable BigDecimal cost(
            LlmTarget target, @Nullable String responseModel, TokenUsage usage) {
        Rates rates = rates(target, responseModel, usage.promptTokens());
        BigDecimal input = target.inputCost() == null ? rates.input() : target.inputCost();
        BigDecimal cacheRead = target.inputCost() == null ? rates.cacheRead() : input;
        BigDecimal cacheWrite = target.inputCost() == null ? rates.cacheWrite() : input;
        BigDecimal output = target.outputCost() == null ? rates.output() : target.outputCost();

        BigDecimal total = BigDecimal.ZERO;
        total = plus(total, usage.inputFresh(), input);
        total = plus(total, usage.cacheRead(), cacheRead == null ? input : cacheRead);
        total = plus(total, usage.cacheWrite(), cacheWrite == null ? input : cacheWrite);
        total = plus(total, usage.output(), output);
        return total == null ? null : plain(total.movePointLeft(MILLION_DIGITS));
    }

    private static @Nullable BigDecimal plus(
            @Nullable BigDecimal sum, long tokens, @Nullable BigDecimal price) {
        if (sum == null || tokens == 0) {
            return sum;
        }
        return price == null ? null : sum.add(price.multiply(BigDecimal.valueOf(tokens)));
    }

    /// Without trailing zeros, and without an exponent when it is written.
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private Rates rates(LlmTarget target, @Nullable String responseModel, long promptTokens) {
        ModelPrice price = find(target.provider(), responseModel);
        if (price == null) {
            price = find(target.provider(), target.model());
        }
        return price == null ? Rates.UNKNOWN : price.rates(promptTokens);
    }

    private @Nullable ModelPrice find(String provider, @Nullable String model) {
        if (model == null) {
            return null;
        }
        Map<String, ModelPrice> models = byProvider.getOrDefault(provider, Map.of());
        String name = model.toLowerCase(Locale.ROOT);
        ModelPrice exact = models.get(name);
        if (exact != null) {
            return exact;
        }
        String family = VERSION.matcher(name).replaceFirst("");
        ModelPrice ofFamily = models.get(family);
        return ofFamily == null ? models.get(family + "-latest") : ofFamily;
    }

    /// USD per 1,000,000 tokens; null where not known. Where a cache price is not known, the
    /// provider is taken to charge the plain input price.
    private record Rates(
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cacheRead,
            @Nullable BigDecimal cacheWrite) {

        static final Rates UNKNOWN = new Rates(null, null, null, null);

        static Rates read(JsonNode json) {
            return new Rates(
                    amount(json, "input"),
                    amount(json, "output"),
                    amount(json, "cache_read"),
                    amount(json, "cache_write"));
        }

        private static @Nullable BigDecimal amount(JsonNode json, String field) {
            JsonNode value = json.get(field);
            return value == null ? null : value.decimalValue();
        }
    }

    /// Rates that replace the base once the prompt is longer than so many tokens.
    private record Tier(long aboveInputTokens, Rates rates) {}

    /// @param tiers the highest first
    private record ModelPrice(Rates base, List<Tier> tiers) {

        static ModelPrice read(JsonNode json) {
            var tiers = new ArrayList<Tier>();
            for (JsonNode tier : json.path("tiers")) {
                tiers.add(new Tier(tier.get("above_input_tokens").longValue(), Rates.read(tier)));
            }
            tiers.sort(Comparator.comparingLong(Tier::aboveInputTokens).reversed());
            return new ModelPrice(Rates.read(json), Collections.unmodifiableList(tiers));
        }

        Rates rates(long promptTokens) {
            for (Tier tier : tiers) {
                if (promptTokens > tier.aboveInputTokens()) {
                    return tier.rates();
                }
            }
            return base;
        }
    }
}
