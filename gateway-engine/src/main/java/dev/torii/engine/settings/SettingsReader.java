package dev.torii.engine.settings;

import dev.torii.engine.admin.WebOrigin;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds what each setting is: the option counts first, then the `TORII_…` variable, then the
/// settings file, then the default.
public final class SettingsReader {

    public static final String DATA_DIR = "data-dir";
    public static final String BIND = "bind";
    public static final String PROXY_PORT = "proxy-port";
    public static final String PROXY_TLS_PORT = "proxy-tls-port";
    public static final String ADMIN_PORT = "admin-port";
    public static final String STATUS_PORT = "status-port";
    public static final String CONFIG = "config";
    public static final String MANAGER_ORIGIN = "manager-origin";
    public static final String SETTINGS = "settings";

    /// The file in the data folder cannot say where that folder is.
    private static final Set<String> IN_DATA_DIR =
            Set.of(
                    BIND,
                    PROXY_PORT,
                    PROXY_TLS_PORT,
                    ADMIN_PORT,
                    STATUS_PORT,
                    CONFIG,
                    MANAGER_ORIGIN);

    private static final Set<String> IN_ANY_FILE =
            Stream.concat(Stream.of(DATA_DIR), IN_DATA_DIR.stream())
                    .collect(Collectors.toUnmodifiableSet());

    private static final String A_PORT = "a port, 0..65535, where 0 takes a free one";

    private static final String AN_ORIGIN =
            "scheme://host or scheme://host:port, such as http://localhost:8002, with http or https"
                    + " and without a path; several with commas between them";

    /// For a port that is there only when asked for: takes back what the environment or a file
    /// says.
    private static final String OFF = "off";

    private final Map<String, String> environment;
    private final Path usualDataDir;

    public SettingsReader(Map<String, String> environment, Path usualDataDir) {
        this.environment = environment;
        this.usualDataDir = usualDataDir;
    }

    /// Finds all of them.
    ///
    /// @param options by name, without dashes; only those that were given
    /// @throws SettingsException for the first value that cannot be used
    public Settings read(Map<String, String> options) {
        Map<String, GivenSetting> given = new HashMap<>();
        IN_ANY_FILE.forEach(name -> putIfPresent(given, name, options));
        putIfPresent(given, SETTINGS, options);

        GivenSetting settingsFile = given.get(SETTINGS);
        if (settingsFile != null) {
            addMissing(
                    given,
                    SettingsFile.read(path(settingsFile), settingsFile.source(), IN_ANY_FILE));
        }
        GivenSetting dataDirSetting = given.get(DATA_DIR);
        Path dataDir = dataDirSetting == null ? usualDataDir : path(dataDirSetting);
        if (settingsFile == null) {
            Path file = dataDir.resolve(SettingsFile.NAME);
            if (Files.exists(file)) {
                addMissing(given, SettingsFile.read(file, "settings file", IN_DATA_DIR));
            }
        }

        Settings settings =
                new Settings(
                        dataDir,
                        bind(given.get(BIND)),
                        port(given.get(PROXY_PORT), Settings.DEFAULT_PROXY_PORT),
                        portOrOff(given.get(PROXY_TLS_PORT)),
                        port(given.get(ADMIN_PORT), Settings.DEFAULT_ADMIN_PORT),
                        port(given.get(STATUS_PORT), Settings.DEFAULT_STATUS_PORT),
                        config(given.get(CONFIG)),
                        origins(given.get(MANAGER_ORIGIN)));
        refuseSharedPorts(settings);
        return settings;
    }

    static String variable(String name) {
        return "TORII_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private void putIfPresent(
            Map<String, GivenSetting> given, String name, Map<String, String> options) {
        String option = options.get(name);
        String variable = environment.get(variable(name));
        if (option != null) {
            given.put(name, new GivenSetting("--" + name, option));
        } else if (variable != null && !variable.isBlank()) {
            given.put(name, new GivenSetting(variable(name), variable));
        }
    }

    private static void addMissing(
            Map<String, GivenSetting> given, Map<String, GivenSetting> fromFile) {
        fromFile.forEach(given::putIfAbsent);
    }

    private static Path path(GivenSetting setting) {
        if (setting.value().isBlank()) {
            throw SettingsException.of(setting.source(), "(empty)", "a path");
        }
        try {
            return Path.of(setting.value()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw SettingsException.of(setting.source(), setting.value(), "a path");
        }
    }

    private static @Nullable Path config(@Nullable GivenSetting setting) {
        if (setting == null) {
            return null;
        }
        Path file = path(setting);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw SettingsException.of(
                    setting.source(), setting.value(), "a file that exists and can be read");
        }
        if (file.getFileName().toString().endsWith(".conf")) {
            throw SettingsException.of(
                    setting.source(),
                    setting.value(),
                    "a kong.yaml; Torii's own settings file is given with --settings");
        }
        return file;
    }

    private static int port(@Nullable GivenSetting setting, int otherwise) {
        if (setting == null) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(setting.value().strip());
            if (port >= 0 && port <= Settings.HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is no port.
        }
        throw SettingsException.of(setting.source(), setting.value(), A_PORT);
    }

    private static @Nullable Integer portOrOff(@Nullable GivenSetting setting) {
        if (setting == null || setting.value().strip().equals(OFF)) {
            return null;
        }
        return port(setting, 0);
    }

    private static List<WebOrigin> origins(@Nullable GivenSetting setting) {
        if (setting == null) {
            return List.of();
        }
        List<WebOrigin> origins = new ArrayList<>();
        for (String text : setting.value().split(",", -1)) {
            origins.add(
                    WebOrigin.parse(text.strip())
                            .orElseThrow(() ->
                                    SettingsException.of(
                                            setting.source(), text.strip(), AN_ORIGIN)));
        }
        return origins;
    }

    private static String bind(@Nullable GivenSetting setting) {
        if (setting == null) {
            return Settings.DEFAULT_BIND;
        }
        try {
            if (!setting.value().isBlank()) {
                InetAddress address = InetAddress.getByName(setting.value().strip());
                if (address.isAnyLocalAddress()
                        || address.isLoopbackAddress()
                        || NetworkInterface.getByInetAddress(address) != null) {
                    return address.getHostAddress();
                }
            }
        } catch (UnknownHostException | SocketException e) {
            // Said below, as for an empty value.
        }
        throw SettingsException.of(
                setting.source(),
                setting.value(),
                "an address of this machine, such as 127.0.0.1 or 0.0.0.0");
    }

    private static void refuseSharedPorts(Settings settings) {
        Map<Integer, String> taken = new HashMap<>();
        take(taken, PROXY_PORT, settings.proxyPort());
        Integer proxyTlsPort = settings.proxyTlsPort();
        if (proxyTlsPort != null) {
            take(taken, PROXY_TLS_PORT, proxyTlsPort);
        }
        take(taken, ADMIN_PORT, settings.adminPort());
        take(taken, STATUS_PORT, settings.statusPort());
    }

    private static void take(Map<Integer, String> taken, String name, int port) {
        String other = port == 0 ? null : taken.put(port, name);
        if (other != null) {
            throw new SettingsException(
                    other
                            + " and "
                            + name
                            + " are both "
                            + port
                            + " (expected: different ports, or 0 for a free one)");
        }
    }
}
