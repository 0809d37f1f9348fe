package dev.torii.engine.command;

import dev.torii.engine.demo.Demo;
import dev.torii.engine.demo.DemoModel;
import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.settings.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "See Torii work, without a key and without a network: a gateway on free ports with a"
                    + " built-in demo model behind it, configured through the Admin API, asked,"
                    + " refused and counted. Leaves nothing behind.",
        },
        footer = {
            "",
            "Examples:",
            "  torii demo           run it and end",
            "  torii demo --keep    … and leave it running, to try it with curl or an SDK"
        })
final class DemoCommand implements Callable<Integer> {

    @Option(
            names = "--keep",
            description = "Leave it running afterwards, and print what to send to it.")
    private boolean keep;

    @Option(
            names = "--rehearse",
            hidden = true,
            paramLabel = "SECONDS",
            description = "Go on asking for so long; for the build, where the JVM learns from it.")
    private int rehearsal;

    private final PrintWriter out;

    DemoCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        Path folder = Files.createTempDirectory("torii-demo");
        try (StopSignal stop = StopSignal.install()) {
            try (DataDir dataDir = DataDir.open(folder);
                    DemoModel model = DemoModel.start();
                    Gateway gateway = Gateway.start(Settings.onFreePorts(folder))) {
                dataDir.announce(gateway.running());
                Demo demo = new Demo(gateway.proxyUri(), gateway.adminUri(), model, out);
                demo.run();
                if (rehearsal > 0) {
                    demo.rehearse(Duration.ofSeconds(rehearsal));
                }
                if (keep) {
                    demo.explain();
                    stop.await();
                }
            } finally {
                delete(folder);
            }
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            try {
                Files.delete(path);
            } catch (IOException e) {
                // Windows keeps a log that is open; it empties its temporary folder in time.
            }
        }
    }
}
