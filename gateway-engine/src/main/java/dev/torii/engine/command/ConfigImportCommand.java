package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.BadConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "import",
        description = {
            "Make the configuration what a file says: in one transaction, all or nothing. What would"
                    + " change is shown first, and asked about.",
        },
        footer = {
            "",
            "Entities that the file does not have are deleted, unless --merge or --select-tag says"
                    + " otherwise. Importing the same file again changes nothing.",
            "",
            "Ends with 0 when the configuration is what the file says, with 1 when it is not, with 2"
                    + " when the command was used wrongly.",
            "",
            "Examples:",
            "  torii config import kong.yaml --dry-run   only show what would change",
            "  torii config import kong.yaml --yes       do not ask",
            "  torii config import more.yaml --merge     delete nothing"
        })
final class ConfigImportCommand implements Callable<Integer> {

    @Mixin private FileOptions options = new FileOptions();

    @Mixin private DataDirOption dataDir = new DataDirOption();

    @Option(names = "--dry-run", description = "Show what would change, and end.")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    private final BufferedReader in;
    private final PrintWriter out;

    ConfigImportCommand(BufferedReader in, PrintWriter out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String text = options.text();
        try (ConfigPlace place = ConfigPlace.of(dataDir.path())) {
            var reading = options.reading(text);
            ObjectNode preview = place.preview(text, reading);
            ChangeText.print(preview, out);
            if (dryRun || ChangeText.isEmpty(preview)) {
                return 0;
            }
            if (!yes && !confirmed()) {
                throw new CommandException(
                        "nothing was changed, since nobody said yes; answer y, or give --yes");
            }
            ObjectNode done = place.apply(text, reading, preview.path("revision").asLong());
            out.println("Done: revision " + done.path("revision").asLong() + ".");
            out.flush();
            return 0;
        } catch (BadConfigException e) {
            throw options.refused(e);
        }
    }

    private boolean confirmed() throws IOException {
        out.print("Do this? [y/N] ");
        out.flush();
        @Nullable String answer = in.readLine();
        return answer != null
                && (answer.strip().toLowerCase(Locale.ROOT).equals("y")
                        || answer.strip().toLowerCase(Locale.ROOT).equals("yes"));
    }
}
