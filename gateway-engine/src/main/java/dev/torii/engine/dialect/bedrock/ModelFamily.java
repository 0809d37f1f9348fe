package dev.torii.engine.dialect.bedrock;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whose model is asked, since models take different fields.
enum ModelFamily {
    CLAUDE,
    NOVA,
    MISTRAL,
    COHERE,
    GPT,
    OTHER,
    /// An ARN does not have to say it, as those of application inference profiles do not.
    UNSAID;

    /// Models that know no system messages. Source: Amazon Bedrock's documentation, "Supported
    /// models and model features".
    private static final Pattern WITHOUT_SYSTEM =
            Pattern.compile(
                    ".*(titan|cohere\\.command-(light-)?text|mistral-7b-instruct"
                            + "|mixtral-8x7b-instruct).*");

    static ModelFamily of(@Nullable String model) {
        String name = model == null ? "" : model.toLowerCase(Locale.ROOT);
        if (name.contains("anthropic.claude")) {
            return CLAUDE;
        }
        if (name.contains("amazon.nova")) {
            return NOVA;
        }
        if (name.contains("mistral.")) {
            return MISTRAL;
        }
        if (name.contains("cohere.command-r")) {
            return COHERE;
        }
        if (name.contains("openai.gpt")) {
            return GPT;
        }
        return name.startsWith("arn:") ? UNSAID : OTHER;
    }

    static boolean takesSystem(@Nullable String model) {
        return model == null || !WITHOUT_SYSTEM.matcher(model.toLowerCase(Locale.ROOT)).matches();
    }
}
