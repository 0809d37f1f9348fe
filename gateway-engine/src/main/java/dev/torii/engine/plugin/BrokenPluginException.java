package dev.torii.engine.plugin;

/// A request met a plugin that could not be started. The reason was logged in full at that time, so
/// this carries no stack.
final class BrokenPluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenPluginException(String message) {
        super(message, null, false, false);
    }
}
