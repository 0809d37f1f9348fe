package dev.torii.model.api;

/// The paths of Torii's own endpoints on the admin port.
public final class AdminPaths {

    public static final String TORII = "/torii";
    public static final String USAGE = "/torii/usage";
    public static final String REQUESTS = "/torii/requests";
    public static final String EVENTS = "/torii/events";
    public static final String SECRETS = "/torii/secrets";
    public static final String HISTORY = "/torii/history";

    /// Below one revision of the history.
    public static final String RESTORE = "/restore";

    public static final String CONFIG = "/torii/config";
    public static final String CONFIG_IMPORT = "/torii/config/import";
    public static final String CONFIG_EXPORT = "/torii/config/export";

    public static final String OPENAPI = "/torii/openapi.json";

    /// The header in which a client may say its name; the history shows it as the author of what
    /// the client changes.
    public static final String CLIENT_HEADER = "X-Torii-Client";

    private AdminPaths() {}
}
