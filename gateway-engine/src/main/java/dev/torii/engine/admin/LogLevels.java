package dev.torii.engine.admin;

import java.time.Duration;

/// How much the engine writes to its log. Levels have Kong's names, which are those of syslog.
public interface LogLevels {

    /// What counts when no other level has been set.
    String USUAL = "info";

    String current();

    /// Sets the level for some time; afterwards the usual one counts again.
    void set(String level, Duration time);
}
