package dev.torii.engine.dialect.chat;

/// Watches for the end of a JSON object that comes in pieces.
final class JsonEnd {

    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean reached;

    void take(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            take(piece.charAt(i));
        }
    }

    private void take(char c) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                inString = false;
            }
            return;
        }
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                reached |= depth == 0;
            }
            default -> {}
        }
    }

    boolean reached() {
        return reached;
    }
}
