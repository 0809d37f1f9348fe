package dev.torii.model.llm;

import java.util.List;

/// Which tools the model has to use.
public sealed interface ToolChoice {

    record None() implements ToolChoice {}

    record Auto() implements ToolChoice {}

    /// Some tool, whichever.
    record Required() implements ToolChoice {}

    /// This very tool.
    ///
    /// @param custom whether it takes free text
    record Named(String name, boolean custom) implements ToolChoice {}

    /// Any of these tools only.
    ///
    /// @param required whether one of them has to be used
    record Allowed(List<String> names, boolean required) implements ToolChoice {

        public Allowed {
            names = List.copyOf(names);
        }
    }
}
