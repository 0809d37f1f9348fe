package dev.torii.engine.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Says to a person why a file was refused, a line for each fault.
public final class RefusedFile {

    private RefusedFile() {}

    /// What an engine says that does not start, or a command that does nothing.
    ///
    /// @param sentences one for each fault
    /// @param consequence what comes of it
    public static StartException of(
            Path file, List<String> sentences, String consequence, Exception cause) {
        return new StartException(
                "%s has %d %s, so %s%n%s"
                        .formatted(
                                file,
                                sentences.size(),
                                sentences.size() == 1 ? "fault" : "faults",
                                consequence,
                                sentences.stream()
                                        .map(sentence -> "  " + file + ":" + sentence)
                                        .collect(Collectors.joining(System.lineSeparator()))),
                cause);
    }
}
