package dev.torii.desktop;

import javafx.application.Application;

/// Starts the desktop app. It is no [Application] itself, since the JVM refuses to start one from
/// the class path.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Application.launch(ToriiApp.class, args);
    }
}
