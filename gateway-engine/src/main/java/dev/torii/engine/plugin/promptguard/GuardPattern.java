package dev.torii.engine.plugin.promptguard;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// One pattern of the guard. It is found in time linear to the text, whatever the pattern: no
/// prompt can make it run away.
final class GuardPattern {

    private static final String ANYTHING = ".*";
    private static final java.util.regex.Pattern FLAGS =
            java.util.regex.Pattern.compile(
                    "(\\(\\?[a-zA-Z]+\\))?(.*)", java.util.regex.Pattern.DOTALL);

    private final String literal;
    private final @Nullable Pattern pattern;

    private GuardPattern(String literal, @Nullable Pattern pattern) {
        this.literal = literal;
        this.pattern = pattern;
    }

    /// @throws PatternSyntaxException when it is no regular expression that a linear search can say
    static GuardPattern of(String regex) {
        Pattern whole = Pattern.compile(regex);
        String core = withoutEdges(regex);
        boolean plain = core.chars().noneMatch(c -> "\\.[]{}()*+?^$|".indexOf(c) >= 0);
        if (plain) {
            return new GuardPattern(core, null);
        }
        return new GuardPattern(core, core.equals(regex) ? whole : Pattern.compile(core));
    }

    /// Leading and trailing `.*` say nothing in a search, and cost most of its time.
    private static String withoutEdges(String regex) {
        if (regex.contains("\\Q")) {
            return regex;
        }
        var parts = FLAGS.matcher(regex);
        if (!parts.matches()) {
            return regex;
        }
        String flags = parts.group(1) == null ? "" : parts.group(1);
        String core = parts.group(2);
        while (core.startsWith(ANYTHING)
                && (core.length() == 2 || "?+*{".indexOf(core.charAt(2)) < 0)) {
            core = core.substring(2);
        }
        while (core.endsWith(ANYTHING) && !core.endsWith("\\" + ANYTHING)) {
            core = core.substring(0, core.length() - 2);
        }
        return flags + core;
    }

    boolean foundIn(String text) {
        return pattern == null ? text.contains(literal) : pattern.matcher(text).find();
    }
}
