package dev.torii.engine.dialect;

import org.jspecify.annotations.Nullable;

/// The headers of a provider's answer: some providers say only there what went wrong.
@FunctionalInterface
public interface AnswerHeaders {

    AnswerHeaders NONE = name -> null;

    /// The value of the first header of this name, in any case; null where there is none.
    @Nullable String first(String name);
}
