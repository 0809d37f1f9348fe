package dev.torii.engine;

import dev.torii.engine.ConfigPlace.RefusedFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Says to a person why a file was refused, a line for each fault.
final class RefusedFile {

    private RefusedFile() {}

    static StartException of(Path file, RefusedFileException e) {
        return of(file, e.sentences(), "nothing was changed", e);
    }

    /// @param sentences one for each fault
    /// @param consequence what comes of it
    static StartException of(
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
