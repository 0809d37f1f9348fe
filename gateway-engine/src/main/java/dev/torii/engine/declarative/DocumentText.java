package dev.torii.engine.declarative;

/// A configuration as text, in YAML or JSON.
final class DocumentText {

    static final int MAX_CHARACTERS = 64 * 1024 * 1024;

    /// Bounds what aliases can blow up; ten times what 10,000 services with all they need count.
    static final long MAX_VALUES = 5_000_000;

    static final String NO_OBJECT = "expected an object";

    private DocumentText() {}

    /// What the text says.
    ///
    /// @return an object
    /// @throws BadConfigException when it is none, or cannot be read; with the place
    static Located read(String text, Variables variables) throws BadConfigException {
        if (text.length() > MAX_CHARACTERS) {
            throw BadConfigException.syntax(
                    "longer than %,d characters".formatted(MAX_CHARACTERS), 1, 1);
        }
        Located root = looksLikeJson(text) ? json(text, variables) : YamlText.read(text, variables);
        if (!root.json().isObject()) {
            throw BadConfigException.syntax(NO_OBJECT, root.line(), root.column());
        }
        return root;
    }

    /// Escapes can spell half of a character, which no text in UTF-8 can hold.
    static void checkCharacters(String text, int line, int column) throws BadConfigException {
        if (text.codePoints()
                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw BadConfigException.syntax("an escape spells half of a character", line, column);
        }
    }

    private static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    /// YAML may begin with a brace too, and then is no JSON.
    private static Located json(String text, Variables variables) throws BadConfigException {
        try {
            return JsonText.read(text, variables);
        } catch (BadConfigException noJson) {
            try {
                return YamlText.read(text, variables);
            } catch (BadConfigException noYaml) {
                noJson.addSuppressed(noYaml);
                throw noJson;
            }
        }
    }
}
