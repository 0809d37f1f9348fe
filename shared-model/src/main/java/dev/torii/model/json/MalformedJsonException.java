package dev.torii.model.json;

import com.fasterxml.jackson.core.JsonProcessingException;

/// Text that is not JSON, with the place where it stops being so. The message never quotes the text
/// itself, since bodies may hold secrets.
public final class MalformedJsonException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    public MalformedJsonException(String message, int line, int column) {
        super(message + " (line " + line + ", column " + column + ")");
        this.line = line;
        this.column = column;
    }

    static MalformedJsonException from(JsonProcessingException e) {
        var place = e.getLocation();
        return place == null
                ? new MalformedJsonException("not JSON", 1, 1)
                : new MalformedJsonException("not JSON", place.getLineNr(), place.getColumnNr());
    }

    /// 1-based.
    public int line() {
        return line;
    }

    /// 1-based.
    public int column() {
        return column;
    }
}
