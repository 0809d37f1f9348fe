package dev.torii.engine.plugin.promptguard;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.torii.model.schema.LinearRegex;
import java.util.function.Predicate;

/// One pattern of the guard. It is found in time linear to the text, whatever the pattern: no
/// prompt can make it run away.
final class GuardPattern {

    private static final String ANYTHING = ".*";
    private static final String ANY_CASE = "(?i)";

    private final Predicate<String> search;

    private GuardPattern(Predicate<String> search) {
        this.search = search;
    }

    /// @throws PatternSyntaxException when it is no regular expression that a linear search can say
    static GuardPattern of(String regex) {
        Pattern whole = LinearRegex.compile(regex);
        boolean anyCase = regex.startsWith(ANY_CASE);
        String core = withoutEdges(anyCase ? regex.substring(ANY_CASE.length()) : regex);
        if (core.chars().anyMatch(c -> "\\.[]{}()*+?^$|".indexOf(c) >= 0)) {
            Pattern pattern =
                    core.equals(regex) ? whole : Pattern.compile(anyCase ? ANY_CASE + core : core);
            return new GuardPattern(text -> pattern.matcher(text).find());
        }
        return new GuardPattern(anyCase ? inAnyCase(core) : text -> text.contains(core));
    }

    private static Predicate<String> inAnyCase(String plain) {
        int flags =
                java.util.regex.Pattern.LITERAL
                        | java.util.regex.Pattern.CASE_INSENSITIVE
                        | java.util.regex.Pattern.UNICODE_CASE;
        return java.util.regex.Pattern.compile(plain, flags).asPredicate();
    }

    /// Leading and trailing `.*` say nothing in a search, and cost most of its time.
    private static String withoutEdges(String regex) {
        if (regex.contains("\\Q")) {
            return regex;
        }
        String core = regex;
        while (core.startsWith(ANYTHING)
                && (core.length() == 2 || "?+*{".indexOf(core.charAt(2)) < 0)) {
            core = core.substring(2);
        }
        while (core.endsWith(ANYTHING) && !core.endsWith("\\" + ANYTHING)) {
            core = core.substring(0, core.length() - 2);
        }
        return core;
    }

    boolean foundIn(String text) {
        return search.test(text);
    }
}
