package dev.torii.engine.command;

import dev.torii.engine.command.EngineClient.Reply;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.SecretList;
import dev.torii.model.api.SecretSummary;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `torii secret`: the secrets of Torii's own vault, by way of the engine that runs.
@Command(
        name = "secret",
        description = {
            "Keep secrets in Torii's own vault. A configuration names one as {vault://torii/NAME};"
                    + " what runs gets its value, and nobody is shown it again."
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  torii secret set openai                 type the value, which is not shown",
            "  pass show openai | torii secret set openai",
            "  torii secret list",
            "  torii secret remove openai"
        })
final class SecretCommand {

    private static final String NAME = "What the secret is called: letters, digits, '_', '.', '-'.";

    private final PrintWriter out;
    private final SecretInput input;

    SecretCommand(PrintWriter out, SecretInput input) {
        this.out = out;
        this.input = input;
    }

    @Command(
            name = "set",
            description = {
                "Store a secret, or give it a new value, which counts at once. The value is typed or"
                        + " comes from standard input."
            })
    int set(
            @Mixin DataDirOption dataDir,
            @Parameters(paramLabel = "NAME", description = NAME) String name)
            throws IOException, InterruptedException {
        try (EngineClient client = EngineClient.of(dataDir.path())) {
            String value = input.read(name);
            if (value.isEmpty()) {
                throw new CommandException(
                        "the value is empty; type it, or send it to standard input");
            }
            Reply reply = client.send("PUT", path(name), Map.of("value", value));
            if (!reply.ok()) {
                throw new CommandException(reply.message());
            }
            out.println(
                    (reply.status() == 201 ? "Stored " : "Changed ")
                            + name
                            + ". Use it as {vault://torii/"
                            + name
                            + "}.");
            out.flush();
        }
        return 0;
    }

    @Command(
            name = "list",
            description = "Show which secrets there are and what uses them, without their values.")
    int list(@Mixin DataDirOption dataDir) throws InterruptedException {
        try (EngineClient client = EngineClient.of(dataDir.path())) {
            SecretList list =
                    Json.convert(client.ask("GET", AdminPaths.SECRETS, null), SecretList.class);
            if (list.data().isEmpty()) {
                out.println("There are no secrets. Add one with: torii secret set NAME");
            } else {
                print(list);
            }
            out.flush();
        }
        return 0;
    }

    @Command(name = "remove", description = "Delete a secret that nothing uses any more.")
    int remove(
            @Mixin DataDirOption dataDir,
            @Parameters(paramLabel = "NAME", description = NAME) String name,
            @Option(names = "--force", description = "Delete it although it is still used.")
                    boolean force)
            throws InterruptedException {
        try (EngineClient client = EngineClient.of(dataDir.path())) {
            Reply reply = client.send("DELETE", path(name) + (force ? "?force=1" : ""), null);
            if (!reply.ok()) {
                throw new CommandException(reply.message().replace("?force=1", "--force"));
            }
            out.println("Removed " + name + ".");
            out.flush();
        }
        return 0;
    }

    private static String path(String name) {
        return AdminPaths.SECRETS
                + "/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private void print(SecretList list) {
        List<SecretSummary> secrets = list.data();
        int width = secrets.stream().mapToInt(secret -> secret.name().length()).max().orElse(0);
        String row = "%-" + Math.max(width, "NAME".length()) + "s  %-16s  %s%n";
        var time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                        .withZone(ZoneId.systemDefault());
        out.printf(row, "NAME", "UPDATED", "USED BY");
        for (SecretSummary secret : secrets) {
            String uses =
                    secret.usedBy().stream()
                            .map(SecretCommand::shown)
                            .collect(Collectors.joining(", "));
            out.printf(
                    row,
                    secret.name(),
                    time.format(Instant.ofEpochMilli(secret.updatedAt())),
                    uses.isEmpty() ? "-" : uses);
        }
        out.println();
        out.println("Their key is in the " + list.keptIn() + ".");
    }

    private static String shown(SecretSummary.Use use) {
        return use.kind()
                + " "
                + (use.name() == null ? use.id() : use.name())
                + " ("
                + use.field()
                + ")";
    }
}
