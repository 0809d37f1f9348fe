package dev.torii.engine.client;

import dev.torii.engine.fake.Skip;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The clients of `src/test/npm`, installed from npm in the versions that its lock file names, and
/// run as processes of their own.
///
/// A client gets a home of its own, and a proxy where nobody is for all that is not on this
/// machine: what it does, it does through the gateway.
final class NpmClients {

    /// How a client ended, and what it printed.
    record Ended(int code, String out, String err) {}

    private static final Path SOURCES = Path.of("src", "test", "npm");
    private static final Path INSTALLED = Path.of("target", "npm").toAbsolutePath();
    private static final boolean WINDOWS = File.separatorChar == '\\';
    private static final String NODE = WINDOWS ? "node.exe" : "node";
    private static final String NPM = WINDOWS ? "npm.cmd" : "npm";
    private static final int INSTALL_MINUTES = 10;
    private static final int RUN_MINUTES = 3;

    /// The discard service, which nobody runs any more.
    private static final String NOBODY = "http://127.0.0.1:9";

    private final Path home;

    private NpmClients(Path home) {
        this.home = home;
    }

    /// Installs the clients, unless they are there; skips the test where there is no Node.
    ///
    /// @param home where the clients live and work
    static NpmClients in(Path home) throws Exception {
        for (String program : List.of(NODE, NPM)) {
            Skip.unless(onPath(program), program + " of Node.js is not on the PATH");
        }
        install();
        return new NpmClients(home);
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// Scripts of packages do not run: all that they would do here is to move files.
    private static void install() throws Exception {
        Files.createDirectories(INSTALLED);
        Path done = INSTALLED.resolve("installed");
        String lock = Files.readString(SOURCES.resolve("package-lock.json"));
        boolean there = Files.exists(done) && Files.readString(done).equals(lock);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.write(INSTALLED.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        if (!there) {
            Ended npm =
                    run(
                            new ProcessBuilder(NPM, "ci", "--ignore-scripts", "--loglevel=error")
                                    .directory(INSTALLED.toFile()),
                            INSTALLED,
                            INSTALL_MINUTES);
            if (npm.code() != 0) {
                throw new AssertionError("npm ci ended with " + npm);
            }
            Files.writeString(done, lock);
        }
    }

    /// Runs a script of `src/test/npm`, or of a package in `node_modules`, until it ends.
    ///
    /// @param environment what it is given beside the path and a home
    Ended run(Map<String, String> environment, String script, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(NODE, INSTALLED.resolve(script).toString()));
        command.addAll(List.of(arguments));
        Path work = Files.createDirectories(home.resolve("work"));
        var builder = new ProcessBuilder(command).directory(work.toFile());
        Map<String, String> given = builder.environment();
        Map<String, String> own = new HashMap<>(given);
        given.clear();
        for (String kept : List.of("PATH", "Path", "SystemRoot", "ComSpec", "PATHEXT")) {
            if (own.containsKey(kept)) {
                given.put(kept, own.get(kept));
            }
        }
        given.put("HOME", home.toString());
        given.put("USERPROFILE", home.toString());
        for (String proxy : List.of("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")) {
            given.put(proxy, NOBODY);
        }
        given.put("NO_PROXY", "127.0.0.1");
        given.put("no_proxy", "127.0.0.1");
        given.putAll(environment);
        return run(builder, home, RUN_MINUTES);
    }

    /// Where clients work.
    Path work() {
        return home.resolve("work");
    }

    private static Ended run(ProcessBuilder builder, Path logs, int minutes)
            throws IOException, InterruptedException {
        Path out = logs.resolve("out.log");
        Path err = logs.resolve("err.log");
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            throw new AssertionError(
                    builder.command() + " did not end in " + minutes + " min\n" + text(out, err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String text(Path out, Path err) throws IOException {
        return Files.readString(out) + Files.readString(err);
    }
}
