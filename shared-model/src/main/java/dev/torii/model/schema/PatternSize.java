package dev.torii.model.schema;

import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How large a pattern becomes when it is compiled: a repetition is written out as often as it
/// says, so that nested ones multiply, and a short pattern can fill the memory.
final class PatternSize {

    private static final long MOST = 20_000;

    private static final Pattern REPETITION = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

    private PatternSize() {}

    /// @throws PatternSyntaxException when compiling the pattern would take too much
    static void check(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        Matcher repetition = REPETITION.matcher(regex);
        long sum = 0;
        long last = 0;
        int at = 0;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '{' && repetition.region(at, regex.length()).lookingAt()) {
                sum += last * (times(repetition) - 1);
                last *= times(repetition);
                at = repetition.end();
            } else if (c == '(') {
                outer.push(sum);
                sum = 0;
                last = 0;
                at++;
            } else if (c == ')' && !outer.isEmpty()) {
                last = sum + 1;
                sum = outer.pop() + last;
                at++;
            } else {
                last = 1;
                sum++;
                at = afterAtom(regex, at);
            }
            if (sum > MOST) {
                throw new PatternSyntaxException(
                        "it becomes larger than " + MOST + " steps; use smaller counts", regex);
            }
        }
    }

    private static long times(Matcher repetition) {
        String most = repetition.group(2);
        return Math.max(
                1, Long.parseLong(most == null || most.isEmpty() ? repetition.group(1) : most));
    }

    /// An escape, a class of characters, or one character.
    private static int afterAtom(String regex, int at) {
        if (regex.charAt(at) == '\\') {
            return at + 2;
        }
        if (regex.charAt(at) != '[') {
            return at + 1;
        }
        int end = at + 1;
        while (end < regex.length() && (regex.charAt(end) != ']' || end == at + 1)) {
            end += regex.charAt(end) == '\\' ? 2 : 1;
        }
        return end + 1;
    }
}
