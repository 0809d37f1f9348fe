package dev.torii.engine.router;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text that a regular expression may look at only so often. A pattern that tries again and again
/// would otherwise stop the thread that serves all others.
final class BoundedText implements CharSequence {

    /// Some milliseconds; what is meant seriously looks at each character a few times.
    private static final int MOST_LOOKS = 1_000_000;

    private final String text;
    private int looksLeft = MOST_LOOKS;

    BoundedText(String text) {
        this.text = text;
    }

    /// Whether the text begins with what the pattern says; false when that is too costly to find
    /// out.
    static boolean begins(Matcher matcher) {
        try {
            return matcher.lookingAt();
        } catch (ExhaustedException | StackOverflowError e) {
            return false;
        }
    }

    /// Whether the pattern is found; false when that is too costly to find out.
    static boolean contains(String text, Pattern pattern) {
        try {
            return pattern.matcher(new BoundedText(text)).find();
        } catch (ExhaustedException | StackOverflowError e) {
            return false;
        }
    }

    @Override
    public char charAt(int index) {
        if (looksLeft-- <= 0) {
            throw new ExhaustedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class ExhaustedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
