package dev.torii.engine.settings;

import dev.torii.engine.admin.WebOrigin;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the engine is started with.
///
/// @param dataDir where configuration, usage and logs live; exists and is writable
/// @param bind the address that the proxy and the status port listen on; the Admin API stays on the
///   loopback address, because whoever reaches it owns the gateway
/// @param proxyPort where applications send their requests; 0 takes a free port, likewise below
/// @param proxyTlsPort where applications may send them over TLS; null for nowhere
/// @param adminPort where the Admin API listens
/// @param statusPort where `/status` and `/metrics` listen
/// @param config the file that the configuration comes from; null when it is stored in the data
///   folder
/// @param managerOrigins the only web pages that may call the Admin API; when empty, those of this
///   machine may
public record Settings(
        Path dataDir,
        String bind,
        int proxyPort,
        @Nullable Integer proxyTlsPort,
        int adminPort,
        int statusPort,
        @Nullable Path config,
        List<WebOrigin> managerOrigins) {

    public static final String DEFAULT_BIND = "127.0.0.1";
    public static final int DEFAULT_PROXY_PORT = 8000;
    public static final int DEFAULT_ADMIN_PORT = 8001;
    public static final int DEFAULT_STATUS_PORT = 8100;

    static final int HIGHEST_PORT = 65_535;

    public Settings {
        managerOrigins = List.copyOf(managerOrigins);
        checkPort("proxy port", proxyPort);
        if (proxyTlsPort != null) {
            checkPort("proxy TLS port", proxyTlsPort);
        }
        checkPort("admin port", adminPort);
        checkPort("status port", statusPort);
    }

    /// With a stored configuration.
    public Settings(
            Path dataDir,
            String bind,
            int proxyPort,
            @Nullable Integer proxyTlsPort,
            int adminPort,
            int statusPort) {
        this(dataDir, bind, proxyPort, proxyTlsPort, adminPort, statusPort, null, List.of());
    }

    /// Everything on ports that are free now, reachable from this machine only.
    public static Settings onFreePorts(Path dataDir) {
        return new Settings(dataDir, DEFAULT_BIND, 0, null, 0, 0);
    }

    private static void checkPort(String name, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    name
                            + ": "
                            + port
                            + " (expected: 0.."
                            + HIGHEST_PORT
                            + ", 0 takes a free one)");
        }
    }
}
