package dev.torii.engine.settings;

/// A setting has a value that cannot be used. The message names the place that it came from, the
/// value, and what was expected.
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SettingsException(String message) {
        super(message);
    }

    public static SettingsException of(String source, String value, String expected) {
        return new SettingsException(source + ": " + value + " (expected: " + expected + ")");
    }
}
