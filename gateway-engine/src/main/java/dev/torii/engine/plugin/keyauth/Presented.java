package dev.torii.engine.plugin.keyauth;

import java.util.List;

/// What a request shows under one name.
sealed interface Presented {

    record Nothing() implements Presented {}

    record Single(String value) implements Presented {

        /// Without the value, since it may be a key.
        @Override
        public String toString() {
            return "Single";
        }
    }

    /// More than one value, so that nobody can say which is meant.
    record Repeated() implements Presented {}

    Presented NOTHING = new Nothing();
    Presented REPEATED = new Repeated();

    static Presented of(List<String> values) {
        return switch (values.size()) {
            case 0 -> NOTHING;
            case 1 -> new Single(values.getFirst());
            default -> REPEATED;
        };
    }
}
