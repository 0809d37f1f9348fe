package dev.torii.engine;

import dev.torii.engine.demo.DemoException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line. Ends with 0 when all went well, with 2 when it was used wrongly, and with 1
/// when what it was asked for failed; the reason is one sentence.
@Command(
        name = "torii",
        header = "Torii, a local-first AI gateway.",
        description = {
            "",
            "Your applications talk to one address on this machine. Torii adds the key, the model and"
                    + " the prompts, refuses what shall not pass, and counts the tokens."
        },
        footer = {
            "",
            "Examples:",
            "  torii demo                      see it work, without a key and a network",
            "  torii start                     proxy on 8000, Admin API on 8001, status on 8100",
            "  torii start --proxy-port 9000   … with the proxy on another port",
            "  torii start --config kong.yaml  … with the configuration in that file",
            "  torii config import kong.yaml   bring in a configuration of Kong or decK",
            "  torii desktop                   the app with a window",
            "  torii all-in-one                all providers with a key at one address",
            "  torii secret set openai         keep an API key in Torii's vault",
            "  torii start --help              all options of a command"
        },
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    private static final int FAILED = 1;
    private static final int HELP_WIDTH = 96;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this text and end.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, System.out.charset());
        var err = new PrintWriter(System.err, true, System.err.charset());
        var in = new BufferedReader(new InputStreamReader(System.in, System.out.charset()));
        System.exit(commandLine(in, out, err).execute(args));
    }

    static CommandLine commandLine(BufferedReader in, PrintWriter out, PrintWriter err) {
        return commandLine(in, out, err, new SecretCommand(out, SecretInput.ofThisProcess()));
    }

    static CommandLine commandLine(
            BufferedReader in, PrintWriter out, PrintWriter err, SecretCommand secret) {
        return new CommandLine(new Main())
                .addSubcommand(new StartCommand(out))
                .addSubcommand(new DesktopCommand())
                .addSubcommand(config(in, out))
                .addSubcommand(new AllInOneCommand(out, System.getenv()))
                .addSubcommand(new DemoCommand(out))
                .addSubcommand(secret)
                .addSubcommand(new VersionCommand(out))
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed);
    }

    private static CommandLine config(BufferedReader in, PrintWriter out) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigImportCommand(in, out))
                .addSubcommand(new ConfigExportCommand(out))
                .addSubcommand(new ConfigDiffCommand(out))
                .addSubcommand(new ConfigValidateCommand(out));
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        complain(command, sentence(e, command));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    private static @Nullable String sentence(ParameterException e, CommandLine command) {
        return e instanceof UnmatchedArgumentException unmatched && command.getParent() == null
                ? "%s: no such command (expected: %s)"
                        .formatted(
                                unmatched.getUnmatched().getFirst(),
                                String.join(", ", command.getSubcommands().keySet()))
                : e.getMessage();
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        switch (e) {
            case SettingsException wrong -> {
                complain(command, wrong.getMessage());
                return CommandLine.ExitCode.USAGE;
            }
            case CommandException expected -> complain(command, expected.getMessage());
            case StartException expected -> complain(command, expected.getMessage());
            case InterruptedException stopped -> {
                return StopSignal.BROKEN_OFF;
            }
            case DemoException deviation ->
                    complain(command, "the demo failed: " + deviation.getMessage());
            default -> {
                LoggerFactory.getLogger(Main.class).error("unexpected failure", e);
                complain(command, "unexpected failure: " + e);
            }
        }
        return FAILED;
    }

    private static void complain(CommandLine command, @Nullable String sentence) {
        PrintWriter err = command.getErr();
        err.println("torii: " + sentence);
        err.flush();
    }
}
