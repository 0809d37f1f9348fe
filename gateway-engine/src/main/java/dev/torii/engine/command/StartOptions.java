package dev.torii.engine.command;

import dev.torii.engine.settings.Settings;
import dev.torii.engine.settings.SettingsException;
import dev.torii.engine.settings.SettingsReader;
import dev.torii.model.api.DataFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of `start`. They are text here, so that a wrong value is reported alike wherever it
/// came from.
final class StartOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where configuration, usage and logs live.")
    private @Nullable String dataDir;

    @Option(
            names = "--proxy-port",
            paramLabel = "PORT",
            description = "Where applications send requests (default: 8000; 0: a free port).")
    private @Nullable String proxyPort;

    @Option(
            names = "--proxy-tls-port",
            paramLabel = "PORT",
            description =
                    "Where applications may send requests over TLS, such as 8443 (default: off).")
    private @Nullable String proxyTlsPort;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "Where the Admin API listens (default: 8001).")
    private @Nullable String adminPort;

    @Option(
            names = "--status-port",
            paramLabel = "PORT",
            description = "Where /status and /metrics listen (default: 8100).")
    private @Nullable String statusPort;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description =
                    "The address of proxy and status (default: 127.0.0.1, this machine only). The"
                            + " Admin API stays on this machine.")
    private @Nullable String bind;

    @Option(
            names = "--manager-origin",
            paramLabel = "ORIGIN",
            description =
                    "Where Kong Manager is served from, such as http://localhost:8002: the only web"
                            + " pages that may call the Admin API (default: those of this machine)."
                            + " May be given several times.")
    private @Nullable List<String> managerOrigins;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A kong.yaml that the whole configuration comes from: it is kept in memory, and"
                            + " changed by loading it again.")
    private @Nullable String config;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "A file of lines such as: proxy-port = 8000")
    private @Nullable String settings;

    /// @throws SettingsException when a value cannot be used
    Settings settings() {
        Map<String, String> given = new HashMap<>();
        put(given, SettingsReader.DATA_DIR, dataDir);
        put(given, SettingsReader.PROXY_PORT, proxyPort);
        put(given, SettingsReader.PROXY_TLS_PORT, proxyTlsPort);
        put(given, SettingsReader.ADMIN_PORT, adminPort);
        put(given, SettingsReader.STATUS_PORT, statusPort);
        put(given, SettingsReader.BIND, bind);
        put(given, SettingsReader.CONFIG, config);
        put(
                given,
                SettingsReader.MANAGER_ORIGIN,
                managerOrigins == null ? null : String.join(",", managerOrigins));
        put(given, SettingsReader.SETTINGS, settings);
        Map<String, String> environment = System.getenv();
        Path usual =
                DataFolder.usual(
                        environment,
                        System.getProperty("os.name"),
                        Path.of(System.getProperty("user.home")));
        return new SettingsReader(environment, usual).read(given);
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
