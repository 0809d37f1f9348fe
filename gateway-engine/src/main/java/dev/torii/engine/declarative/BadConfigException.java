package dev.torii.engine.declarative;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A declarative configuration that is refused, with everything that is wrong with it.
public final class BadConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<ConfigFault> faults;

    /// @param faults at least one
    BadConfigException(List<ConfigFault> faults) {
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

    /// One line for each fault, which begins with line and column.
    public List<String> sentences() {
        return faults.stream().map(ConfigFault::sentence).toList();
    }
}
