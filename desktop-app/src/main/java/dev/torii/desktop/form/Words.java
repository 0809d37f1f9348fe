package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Numeric;
import dev.torii.model.schema.FieldSpec.Sequence;
import dev.torii.model.schema.FieldSpec.Text;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What a form writes around a field: its label, its help, and what is wrong with it.
final class Words {

    private static final Map<String, String> ACRONYMS =
            Map.ofEntries(
                    Map.entry("id", "ID"),
                    Map.entry("url", "URL"),
                    Map.entry("ai", "AI"),
                    Map.entry("llm", "LLM"),
                    Map.entry("api", "API"),
                    Map.entry("http", "HTTP"),
                    Map.entry("https", "HTTPS"),
                    Map.entry("tls", "TLS"),
                    Map.entry("aws", "AWS"),
                    Map.entry("gcp", "GCP"),
                    Map.entry("json", "JSON"),
                    Map.entry("ttl", "TTL"),
                    Map.entry("ip", "IP"));

    private final Messages messages;

    Words(Messages messages) {
        this.messages = messages;
    }

    /// Numbers are written plainly: what is counted here is small.
    String text(String key, Object... arguments) {
        Object[] written = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            written[i] = String.valueOf(arguments[i]);
        }
        return messages.get(key, written);
    }

    private @Nullable String inLanguage(Map<String, String> texts) {
        String text = messages.japanese() ? texts.get("ja") : null;
        return text == null ? texts.get("en") : text;
    }

    String label(FieldSpec spec) {
        String title = inLanguage(spec.traits().hints().title());
        return title == null ? humanised(spec.name()) : title;
    }

    @Nullable String help(FieldSpec spec) {
        String help = inLanguage(spec.traits().hints().help());
        return help == null ? spec.traits().description() : help;
    }

    /// The heading over a record's fields.
    String heading(FieldSpec record) {
        return record.traits().hints().title().isEmpty() ? group(record.name()) : label(record);
    }

    /// The heading of a group, which the schema names by a key or in plain words.
    String group(String group) {
        String key = camelCase("formGroup", group);
        return messages.has(key) ? text(key) : humanised(group);
    }

    /// `max_tokens` reads “Max tokens”.
    static String humanised(String key) {
        var words = new StringBuilder();
        for (String word : key.split("[_\\-. ]+", -1)) {
            String known = ACRONYMS.get(word.toLowerCase(Locale.ROOT));
            String text = known == null ? word : known;
            if (words.isEmpty() && !text.isEmpty()) {
                text = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
            }
            words.append(words.isEmpty() ? "" : " ").append(text);
        }
        return words.toString();
    }

    /// The sentence under a field that has to be put right.
    String problem(@Nullable FieldSpec spec, JsonNode value, Problem problem) {
        String name = spec == null ? problem.path().shortPointer() : label(spec);
        if (problem.message().equals(Violations.REQUIRED)) {
            return text("form.required", name);
        }
        if (problem.message().equals(Violations.URL)) {
            return text("form.badUrl", "https://example.com");
        }
        String special = problem.source() == Problem.Source.RULE ? special(spec, value) : null;
        if (special != null) {
            return special;
        }
        String said =
                problem.source() == Problem.Source.TAKEN
                        ? text("form.taken", problem.message())
                        : problem.message();
        return text("form.problem", shortName(problem), said);
    }

    private static String shortName(Problem problem) {
        FieldPath path = problem.path();
        return path.last().equals("@entity") ? path.parent().shortPointer() : path.last();
    }

    private @Nullable String special(@Nullable FieldSpec spec, JsonNode value) {
        return switch (spec) {
            case Numeric number when !value.isNumber() && !value.isNull() ->
                    text(
                            number.integer() ? "form.notAnInteger" : "form.notANumber",
                            value.asText());
            case Numeric number when value.isNumber() -> outOfRange(number, value.decimalValue());
            case Text text
                    when "regex".equals(text.traits().hints().widget()) && value.isTextual() ->
                    badPattern(value.textValue());
            case Text text when value.isTextual() -> length(text, value.textValue());
            case Sequence list when value.isArray() && value.size() > list.lenMax() ->
                    text("form.tooMany", value.size(), list.lenMax());
            case null, default -> null;
        };
    }

    private @Nullable String outOfRange(Numeric number, BigDecimal value) {
        BigDecimal min = number.min();
        BigDecimal max = number.max();
        if ((min == null || value.compareTo(min) >= 0)
                && (max == null || value.compareTo(max) <= 0)) {
            return null;
        }
        return text("form.outOfRange", number.name(), value.toPlainString(), range(number));
    }

    private @Nullable String badPattern(String pattern) {
        try {
            var _ = Pattern.compile(pattern);
            return null;
        } catch (PatternSyntaxException e) {
            return text("form.badPattern", e.getDescription(), e.getIndex() + 1);
        }
    }

    private @Nullable String length(Text text, String value) {
        if (value.length() > text.lenMax()) {
            return text("form.tooLong", value.length(), text.lenMax());
        }
        return null;
    }

    /// `0 – 1`, or an empty text where there is no bound.
    String range(Numeric number) {
        BigDecimal min = number.min();
        BigDecimal max = number.max();
        if (min != null && max != null) {
            return text("form.range", min.toPlainString(), max.toPlainString());
        }
        BigDecimal gt = number.gt();
        if (gt != null) {
            return "> " + gt.toPlainString();
        }
        if (min != null) {
            return "≥ " + min.toPlainString();
        }
        return max == null ? "" : "≤ " + max.toPlainString();
    }

    String unit(String unit) {
        String key = camelCase("formUnit", unit);
        return messages.has(key) ? text(key) : unit;
    }

    /// What one element of a list is called on its Add button.
    String element(String list) {
        String key = camelCase("formElement", list);
        return text(messages.has(key) ? key : "form.element");
    }

    private static String camelCase(String section, String name) {
        String words = humanised(name.toLowerCase(Locale.ROOT)).replace(" ", "");
        return section + "." + words.toLowerCase(Locale.ROOT);
    }

    /// A large number in a friendlier unit: `60000` ms is one minute.
    @Nullable String reading(@Nullable String unit, JsonNode value) {
        if (unit == null || !value.isNumber()) {
            return null;
        }
        long number = value.asLong();
        return switch (unit) {
            case "ms" -> number < 1000 ? null : "= " + duration(Duration.ofMillis(number));
            case "s" -> number < 60 ? null : "= " + duration(Duration.ofSeconds(number));
            case "bytes" -> number < 1024 ? null : "= " + size(number);
            default -> null;
        };
    }

    private String duration(Duration duration) {
        var text = new StringBuilder();
        append(text, duration.toDays(), "form.days");
        append(text, duration.toHoursPart(), "form.hours");
        append(text, duration.toMinutesPart(), "form.minutes");
        if (duration.toMillisPart() == 0) {
            append(text, duration.toSecondsPart(), "form.seconds");
        } else {
            var seconds =
                    BigDecimal.valueOf(
                            duration.toSecondsPart() * 1000L + duration.toMillisPart(), 3);
            text.append(text.isEmpty() ? "" : " ")
                    .append(text("form.seconds", seconds.stripTrailingZeros().toPlainString()));
        }
        return text.toString();
    }

    private void append(StringBuilder text, long count, String key) {
        if (count > 0) {
            text.append(text.isEmpty() ? "" : " ").append(text(key, Long.toString(count)));
        }
    }

    private static String size(long bytes) {
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        BigDecimal size = BigDecimal.valueOf(bytes);
        int unit = -1;
        while (size.compareTo(BigDecimal.valueOf(1024)) >= 0 && unit < units.length - 1) {
            size = size.divide(BigDecimal.valueOf(1024), 10, java.math.RoundingMode.HALF_UP);
            unit++;
        }
        return size.setScale(1, java.math.RoundingMode.HALF_UP).stripTrailingZeros().toPlainString()
                + " "
                + units[unit];
    }
}
