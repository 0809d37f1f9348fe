package dev.torii.engine.command;

import dev.torii.engine.demo.DemoException;
import dev.torii.engine.gateway.StartException;
import dev.torii.engine.settings.SettingsException;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.Map;
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
public final class ToriiCommand {

    private static final int FAILED = 1;
    private static final int HELP_WIDTH = 96;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this text and end.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    private ToriiCommand() {}

    /// Runs a command line.
    ///
    /// @param environment where keys of providers are looked for
    /// @return what the process ends with
    public static int run(
            Map<String, String> environment,
            BufferedReader in,
            PrintWriter out,
            PrintWriter err,
            String... args) {
        var secret = new SecretCommand(out, SecretInput.ofThisProcess());
        return commandLine(environment, in, out, err, secret).execute(args);
    }

    static CommandLine commandLine(
            Map<String, String> environment,
            BufferedReader in,
            PrintWriter out,
            PrintWriter err,
            SecretCommand secret) {
        return new CommandLine(new ToriiCommand())
                .addSubcommand(new StartCommand(out))
                .addSubcommand(new DesktopCommand())
                .addSubcommand(config(in, out, err))
                .addSubcommand(new AllInOneCommand(out, environment))
                .addSubcommand(new DemoCommand(out))
                .addSubcommand(secret)
                .addSubcommand(new VersionCommand(out))
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(ToriiCommand::misused)
                .setExecutionExceptionHandler(ToriiCommand::failed);
    }

    private static CommandLine config(BufferedReader in, PrintWriter out, PrintWriter err) {
        return new CommandLine(new ConfigCommand())
                .addSubcommand(new ConfigImportCommand(in, out))
                .addSubcommand(new ConfigExportCommand(out, err))
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
                LoggerFactory.getLogger(ToriiCommand.class).error("unexpected failure", e);
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
