package dev.torii.engine;

import dev.torii.engine.command.ToriiCommand;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;

/// The program: the command line on this process's streams.
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        var in = new BufferedReader(new InputStreamReader(System.in, System.out.charset()));
        System.exit(ToriiCommand.run(System.getenv(), in, out, err, args));
    }
}
