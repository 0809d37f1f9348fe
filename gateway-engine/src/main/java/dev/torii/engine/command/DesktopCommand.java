package dev.torii.engine.command;

import picocli.CommandLine.Command;

/// The app with a window is a program of its own, which the launcher script starts; here is only
/// its help.
@Command(
        name = "desktop",
        description = {
            "Open the desktop app. It shows the engine that runs, and starts one when none does; that"
                    + " engine goes on when the window is closed."
        })
final class DesktopCommand implements Runnable {

    @Override
    public void run() {
        throw new CommandException(
                "the desktop app is started by the launcher script: ./torii desktop");
    }
}
