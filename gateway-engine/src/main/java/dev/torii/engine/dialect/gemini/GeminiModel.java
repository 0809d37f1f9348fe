package dev.torii.engine.dialect.gemini;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a model's name says of what it takes. A Gemini without a version is taken for a new one,
/// any other model for one that takes the least.
///
/// @param version in tenths, so that 2.5 is 25
record GeminiModel(String name, int version) {

    private static final Pattern VERSION =
            Pattern.compile("gemini-(?:[a-z]+-)*(\\d)(?:\\.(\\d))?(?!\\d)");

    private static final int NEWEST = 99;
    private static final int OLDEST = 0;

    static GeminiModel of(@Nullable String name) {
        if (name == null) {
            return new GeminiModel("", NEWEST);
        }
        Matcher version = VERSION.matcher(name);
        if (!version.find()) {
            return new GeminiModel(name, name.contains("gemini") ? NEWEST : OLDEST);
        }
        int minor = version.group(2) == null ? 0 : Integer.parseInt(version.group(2));
        return new GeminiModel(name, Integer.parseInt(version.group(1)) * 10 + minor);
    }

    /// Whether thoughts are asked for by level, and their signatures are looked for in the history.
    boolean thinksByLevel() {
        return version >= 30;
    }

    boolean thinks() {
        return version >= 25;
    }

    boolean isPro() {
        return name.contains("-pro");
    }

    boolean isLite() {
        return name.contains("-lite");
    }

    /// Whether it reads JSON Schema beside the subset of OpenAPI's that all read.
    boolean readsJsonSchema() {
        return version >= 25;
    }

    /// Whether it can have functions and still be held to JSON.
    boolean formatsBesideTools() {
        return version >= 30;
    }

    /// Whether a function may answer with pictures.
    boolean readsMediaOfTools() {
        return version >= 30;
    }
}
