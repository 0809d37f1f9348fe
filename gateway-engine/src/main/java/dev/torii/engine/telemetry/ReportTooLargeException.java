package dev.torii.engine.telemetry;

/// A report was asked for that would have more rows than anybody could read.
public final class ReportTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    public ReportTooLargeException(int limit) {
        super("the report would have more than " + limit + " rows");
        this.limit = limit;
    }

    public int limit() {
        return limit;
    }
}
