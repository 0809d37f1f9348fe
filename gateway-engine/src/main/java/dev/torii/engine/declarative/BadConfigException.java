package dev.torii.engine.declarative;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A declarative configuration that is refused, with everything that is wrong with it.
public final class BadConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigFault> faults;

    /// A refusal with all its reasons.
    ///
    /// @param faults at least one
    public BadConfigException(List<ConfigFault> faults) {
        super(
                faults.stream()
                        .map(ConfigFault::sentence)
                        .collect(Collectors.joining(System.lineSeparator())),
                null,
                false,
                false);
        this.faults =
                faults.stream()
                        .sorted(
                                Comparator.comparingInt(ConfigFault::line)
                                        .thenComparingInt(ConfigFault::column))
                        .toList();
    }

    static BadConfigException syntax(String message, int line, int column) {
        return new BadConfigException(List.of(ConfigFault.syntax(message, line, column)));
    }

    /// In the order of the file.
    public List<ConfigFault> faults() {
        return faults;
    }

    /// For a person: what comes of it, and a line for each fault.
    ///
    /// @param file where the configuration stands
    public String report(Path file, String consequence) {
        return "%s has %d %s, so %s%n%s"
                .formatted(
                        file,
                        faults.size(),
                        faults.size() == 1 ? "fault" : "faults",
                        consequence,
                        faults.stream()
                                .map(fault -> "  " + file + ":" + fault.sentence())
                                .collect(Collectors.joining(System.lineSeparator())));
    }
}
