package dev.torii.engine.declarative;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// decK's `${{ env "DECK_X" }}`: texts that the one who reads the file has in his environment. As
/// in decK only names that begin with `DECK_` are read, so that a file cannot ask for everything.
public final class Variables {

    private static final String PREFIX = "DECK_";
    private static final Pattern MENTION =
            Pattern.compile(
                    "\\$\\{\\{\\s*env\\s+\"([^\"]*)\"\\s*(?:\\|\\s*to(?:Int|Bool|Float)\\s*)?\\}\\}");

    public static final Variables NONE = new Variables(Map.of());

    private final Map<String, String> values;

    public Variables(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /// Those that a text asks for and the environment has.
    public static Variables in(String text, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>(environment);
        values.keySet().retainAll(mentioned(text));
        return new Variables(values);
    }

    /// The names that a text asks for.
    static Set<String> mentioned(String text) {
        Set<String> names = new LinkedHashSet<>();
        MENTION.matcher(text).results().forEach(found -> names.add(found.group(1)));
        // In JSON the quotes are escaped.
        MENTION.matcher(text.replace("\\\"", "\""))
                .results()
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    /// By name.
    public Map<String, String> values() {
        return values;
    }

    String fillIn(String text, int line, int column) throws BadConfigException {
        if (!text.contains("${{")) {
            return text;
        }
        var matcher = MENTION.matcher(text);
        var filled = new StringBuilder();
        int end = 0;
        for (MatchResult found : matcher.results().toList()) {
            filled.append(text, end, found.start()).append(value(found.group(1), line, column));
            end = found.end();
        }
        return filled.append(text, end, text.length()).toString();
    }

    private String value(String name, int line, int column) throws BadConfigException {
        if (!name.startsWith(PREFIX)) {
            throw BadConfigException.syntax(
                    "the variable " + name + " (expected: a name that begins with " + PREFIX + ")",
                    line,
                    column);
        }
        String value = values.get(name);
        if (value == null) {
            throw BadConfigException.syntax(
                    "the variable " + name + " is not set; set it where the file is read",
                    line,
                    column);
        }
        return value;
    }
}
