package dev.torii.engine;

import dev.torii.engine.ConfigPlace.RefusedFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Says to a person why a file was refused, a line for each fault.
final class RefusedFile {

    private RefusedFile() {}

    static StartException of(Path file, RefusedFileException e) {
        int faults = e.sentences().size();
        return new StartException(
                "%s has %d %s, so nothing was changed%n%s"
                        .formatted(
                                file,
                                faults,
                                faults == 1 ? "fault" : "faults",
                                e.sentences().stream()
                                        .map(sentence -> "  " + file + ":" + sentence)
                                        .collect(Collectors.joining(System.lineSeparator()))),
                e);
    }
}
