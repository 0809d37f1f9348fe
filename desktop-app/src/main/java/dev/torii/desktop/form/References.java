package dev.torii.desktop.form;

import java.util.List;
import java.util.function.Consumer;

/// The entities that a reference may point to.
@FunctionalInterface
public interface References {

    References NONE = (target, then) -> then.accept(List.of());

    /// One entity to choose.
    ///
    /// @param detail what tells it from others with a similar name
    record Choice(String id, String name, String detail) {}

    /// Hands over, on the UI thread, what entities of this kind there are.
    void list(String target, Consumer<List<Choice>> then);
}
