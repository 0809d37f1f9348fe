package dev.torii.engine.plugin.aiproxy;

import dev.torii.engine.plugin.Decision;

/// A request that `ai-proxy` does not take, with the reason for the client.
final class RejectedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;

    RejectedException(String reason) {
        // Without a stack trace: clients cause it at will, and it is caught a few frames up.
        super(reason, null, false, false);
        this.reason = reason;
    }

    Decision toDecision() {
        return Decision.llmError(400, reason);
    }
}
