package dev.torii.engine.command;

import dev.torii.model.api.ToriiVersion;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Say which Torii this is, and which Java runs it.")
final class VersionCommand implements Runnable {

    private final PrintWriter out;

    VersionCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void run() {
        out.printf("Torii %s (Java %s)%n", ToriiVersion.current(), Runtime.version());
        out.flush();
    }
}
