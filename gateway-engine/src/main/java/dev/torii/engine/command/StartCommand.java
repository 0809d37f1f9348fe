package dev.torii.engine.command;

import dev.torii.engine.gateway.Gateway;
import dev.torii.engine.settings.Settings;
import dev.torii.engine.tls.LocalCertificate;
import dev.torii.model.api.ToriiVersion;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "start",
        description = "Start the gateway, and run until Ctrl-C.",
        footer = {
            "",
            "Each option is also a variable (--proxy-port: TORII_PROXY_PORT) and a line in torii.conf in"
                    + " the data folder, or in the file that --settings names. The option counts"
                    + " first, then the variable, then the file.",
            "",
            "Examples:",
            "  torii start",
            "  torii start --data-dir ./try --proxy-port 9000 --admin-port 9001 --status-port 9100",
            "  torii start --config kong.yaml     run a configuration file, without storing it",
            "  TORII_BIND=0.0.0.0 torii start     let other machines use the proxy"
        })
final class StartCommand implements Callable<Integer> {

    @Mixin private StartOptions options = new StartOptions();

    private final PrintWriter out;

    StartCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = options.settings();
        try (StopSignal stop = StopSignal.install();
                DataDir dataDir = DataDir.open(settings.dataDir());
                Gateway gateway = Gateway.start(settings)) {
            dataDir.announce(gateway.running());
            greet(gateway, settings);
            stop.await();
        }
        return 0;
    }

    private void greet(Gateway gateway, Settings settings) {
        out.println("Torii " + ToriiVersion.current() + " is running. Stop it with Ctrl-C.");
        out.println("  Proxy      " + gateway.proxyUri());
        if (gateway.proxyTlsUri() != null) {
            out.println("  Proxy TLS  " + gateway.proxyTlsUri());
            out.println(
                    "             trust it with: curl --cacert "
                            + LocalCertificate.fileIn(settings.dataDir()));
        }
        out.println("  Admin API  " + gateway.adminUri());
        out.println("  Status     " + gateway.statusUri());
        if (settings.config() != null) {
            out.println("  Config     " + settings.config());
        }
        out.println("  Data       " + settings.dataDir());
        out.flush();
    }
}
