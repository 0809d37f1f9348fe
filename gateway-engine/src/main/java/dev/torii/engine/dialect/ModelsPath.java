package dev.torii.engine.dialect;

import java.util.regex.Pattern;

/// The path that OpenAI and Anthropic share: `/v1/models`, and a model below it.
public final class ModelsPath {

    /// Google's calls are below a path of that name as well; those end in a verb of two words
    /// behind a colon, or have a version of their own.
    private static final Pattern MODELS =
            Pattern.compile(
                    "(?<!/v1(?:alpha|beta)\\d?)/models(?:/(?!.*:[a-z]+[A-Z][A-Za-z]*$).+)?$");

    private ModelsPath() {}

    /// Whether a path is one of these.
    ///
    /// @param path without query and trailing slash
    public static boolean matches(String path) {
        return MODELS.matcher(path).find();
    }
}
