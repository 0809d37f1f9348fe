package dev.torii.engine.admin;

import dev.torii.engine.tls.PemException;

/// Says of a text that is to be PEM what is wrong with it, in the words of the Admin API.
final class PemReason {

    private PemReason() {}

    /// @param wanted what the PEM is to begin with
    static String of(PemException problem, String wanted) {
        return switch (problem.fault()) {
            case ABSENT -> "expected PEM that begins with BEGIN " + wanted;
            case LOCKED -> "it has a passphrase; expected one without";
            case UNREADABLE, MISMATCH -> "it cannot be read";
        };
    }
}
