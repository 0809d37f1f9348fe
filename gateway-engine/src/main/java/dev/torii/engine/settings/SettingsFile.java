package dev.torii.engine.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Torii's own settings file: lines of `name = value`, where a name is an option without its
/// dashes; `#` starts a comment line. Values are taken as they stand, so a Windows path needs no
/// escapes.
final class SettingsFile {

    static final String NAME = "torii.conf";

    private SettingsFile() {}

    /// @param source who named the file, for messages
    /// @param names the settings that may stand in it
    static Map<String, GivenSetting> read(Path file, String source, Set<String> names) {
        refuseOtherFormats(file, source);
        Map<String, GivenSetting> settings = new HashMap<>();
        int number = 0;
        for (String line : lines(file, source)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            String place = file + ":" + number;
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw SettingsException.of(place, text, "a line such as: proxy-port = 8000");
            }
            String name = text.substring(0, equals).strip();
            if (!names.contains(name)) {
                throw SettingsException.of(
                        place,
                        name,
                        "one of " + String.join(", ", names.stream().sorted().toList()));
            }
            var given = new GivenSetting(place + ": " + name, text.substring(equals + 1).strip());
            if (settings.put(name, given) != null) {
                throw SettingsException.of(place, name, "each name once; it is also further up");
            }
        }
        return settings;
    }

    private static void refuseOtherFormats(Path file, String source) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
            throw SettingsException.of(
                    source,
                    file.toString(),
                    "Torii's own settings file, with lines such as: proxy-port = 8000; a"
                            + " configuration of services, routes and plugins is given with --config");
        }
    }

    private static List<String> lines(Path file, String source) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            throw SettingsException.of(source, file.toString(), "a file that exists");
        } catch (CharacterCodingException e) {
            throw SettingsException.of(source, file.toString(), "text in UTF-8");
        } catch (IOException e) {
            throw SettingsException.of(source, file.toString(), "a file that can be read");
        }
    }
}
