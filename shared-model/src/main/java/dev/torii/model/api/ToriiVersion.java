package dev.torii.model.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// Which Torii this is, as the build says.
public final class ToriiVersion {

    private ToriiVersion() {}

    /// Such as `1.2.3`.
    public static String current() {
        try (InputStream in = ToriiVersion.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            properties.load(Objects.requireNonNull(in, "version.properties is missing in the jar"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
