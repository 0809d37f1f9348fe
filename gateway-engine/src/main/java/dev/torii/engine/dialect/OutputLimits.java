package dev.torii.engine.dialect;

import org.jspecify.annotations.Nullable;

/// How long an answer of a model can be at most, for dialects that want a limit in each request.
public interface OutputLimits {

    /// Nothing is known of any model.
    OutputLimits UNKNOWN = model -> null;

    /// The longest answer of this model.
    ///
    /// @return in tokens; null where it is not known
    @Nullable Integer of(String model);
}
