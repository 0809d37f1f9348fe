package dev.torii.model.schema;

/// Character classes of the grammars of names, hosts and paths.
final class Ascii {

    private Ascii() {}

    static boolean alphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c);
    }

    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean hex(int c) {
        return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
