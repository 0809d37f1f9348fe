package dev.torii.engine;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what each setting is: the option counts first, then the `TORII_…` variable, then the
/// settings file, then the default.
final class SettingsReader {

    static final String DATA_DIR = "data-dir";
    static final String BIND = "bind";
    static final String PROXY_PORT = "proxy-port";
    static final String ADMIN_PORT = "admin-port";
    static final String STATUS_PORT = "status-port";
    static final String CONFIG = "config";

    private static final Set<String> IN_ANY_FILE =
            Set.of(DATA_DIR, BIND, PROXY_PORT, ADMIN_PORT, STATUS_PORT);

    /// The file in the data folder cannot say where that folder is.
    private static final Set<String> IN_DATA_DIR =
            Set.of(BIND, PROXY_PORT, ADMIN_PORT, STATUS_PORT);

    private static final String A_PORT = "a port, 0..65535, where 0 takes a free one";

    private final Map<String, String> environment;
    private final Path usualDataDir;

    SettingsReader(Map<String, String> environment, Path usualDataDir) {
        this.environment = environment;
        this.usualDataDir = usualDataDir;
    }

    /// @param options by name, without dashes; only those that were given
    /// @throws SettingsException for the first value that cannot be used
    Settings read(Map<String, String> options) {
        Map<String, GivenSetting> given = new HashMap<>();
        IN_ANY_FILE.forEach(name -> putIfPresent(given, name, options));
        putIfPresent(given, CONFIG, options);

        GivenSetting config = given.get(CONFIG);
        if (config != null) {
            addMissing(given, SettingsFile.read(path(config), config.source(), IN_ANY_FILE));
        }
        GivenSetting dataDirSetting = given.get(DATA_DIR);
        Path dataDir = dataDirSetting == null ? usualDataDir : path(dataDirSetting);
        if (config == null) {
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
                        port(given.get(ADMIN_PORT), Settings.DEFAULT_ADMIN_PORT),
                        port(given.get(STATUS_PORT), Settings.DEFAULT_STATUS_PORT));
        refuseSharedPort(PROXY_PORT, settings.proxyPort(), ADMIN_PORT, settings.adminPort());
        refuseSharedPort(PROXY_PORT, settings.proxyPort(), STATUS_PORT, settings.statusPort());
        refuseSharedPort(ADMIN_PORT, settings.adminPort(), STATUS_PORT, settings.statusPort());
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

    private static void refuseSharedPort(String one, int onePort, String other, int otherPort) {
        if (onePort == otherPort && onePort != 0) {
            throw new SettingsException(
                    one
                            + " and "
                            + other
                            + " are both "
                            + onePort
                            + " (expected: three different ports, or 0 for a free one)");
        }
    }
}
