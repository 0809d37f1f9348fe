package dev.torii.model.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Regular expressions that run on the threads that serve everybody: those of RE2, whose time grows
/// with the text alone. They have no look-around and no back-references; Kong's, which are Rust's,
/// have none either. Source: https://github.com/google/re2/wiki/Syntax
public final class LinearRegex {

    private LinearRegex() {}

    /// Makes a pattern.
    ///
    /// @throws PatternSyntaxException when it is none, or one that would take too much memory
    public static Pattern compile(String regex) {
        PatternSize.check(regex);
        return Pattern.compile(regex);
    }
}
