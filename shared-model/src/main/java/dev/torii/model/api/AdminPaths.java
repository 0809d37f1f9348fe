package dev.torii.model.api;

/// The paths of Torii's own endpoints on the admin port.
public final class AdminPaths {

    public static final String TORII = "/torii";
    public static final String USAGE = "/torii/usage";
    public static final String REQUESTS = "/torii/requests";
    public static final String EVENTS = "/torii/events";

    private AdminPaths() {}
}
