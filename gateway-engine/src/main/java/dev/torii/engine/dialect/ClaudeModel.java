package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.Losses;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a Claude can do, by its name: wherever it runs, the name has the version, as in
/// `claude-opus-4-1-20250805` or `us.anthropic.claude-sonnet-4-5-20250929-v1:0`. A name that says
/// nothing is taken for a model that can do what most can.
///
/// @param version 405 for 4.5; 0 where the name does not say
/// @param thinksAlways whether it cannot be told not to think
public record ClaudeModel(int version, boolean thinksAlways) {

    private static final Pattern NAME =
            Pattern.compile("claude-[a-z]+-(\\d{1,2})(?:[-.](\\d{1,2}))?(?!\\d)");
    private static final Pattern OLD_NAME = Pattern.compile("claude-(\\d)(?!\\d)");
    private static final Pattern THINKS_ALWAYS = Pattern.compile("claude-(?:fable|mythos)-");

    public static ClaudeModel of(@Nullable String model) {
        return model == null
                ? new ClaudeModel(0, false)
                : new ClaudeModel(version(model), THINKS_ALWAYS.matcher(model).find());
    }

    private static int version(String model) {
        Matcher name = NAME.matcher(model);
        if (name.find()) {
            int minor = name.group(2) == null ? 0 : Integer.parseInt(name.group(2));
            return Integer.parseInt(name.group(1)) * 100 + minor;
        }
        Matcher old = OLD_NAME.matcher(model);
        return old.find() ? Integer.parseInt(old.group(1)) * 100 : 0;
    }

    /// Thinks as it sees fit, and takes neither a budget nor a chosen temperature.
    public boolean onlyAdaptive() {
        return version >= 407 || thinksAlways;
    }

    public boolean adaptive() {
        return version >= 406 || thinksAlways;
    }

    /// Takes a system message between others.
    public boolean takesSystemTurns() {
        return version >= 408;
    }

    /// Holds an answer, or a tool's input, to a schema.
    public boolean takesSchemas() {
        return version == 0 || version >= 401;
    }

    /// Takes back what may not be chosen beside a temperature: from version 4.1 on a share of the
    /// tokens. Of the two, one that is the usual one goes, for it changes nothing.
    ///
    /// @param json with both, if at all
    /// @param temperature its name
    /// @param topP likewise
    public void chooseOne(ObjectNode json, String temperature, String topP, Losses losses) {
        if (version < 401 || !json.has(temperature) || !json.has(topP)) {
            return;
        }
        boolean usualShare = isOne(json.path(topP));
        if (!usualShare && isOne(json.path(temperature))) {
            json.remove(temperature);
        } else {
            losses.droppedIf(!usualShare, "top_p");
            json.remove(topP);
        }
    }

    private static boolean isOne(JsonNode value) {
        return value.decimalValue().compareTo(BigDecimal.ONE) == 0;
    }
}
