package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.BadConfigException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "diff",
        description = "Show what importing a file would change. Nothing is changed.",
        footer = {
            "",
            "Ends with 0 when nothing would change, with 3 when something would, with 1 when it could"
                    + " not be found out, with 2 when the command was used wrongly."
        })
final class ConfigDiffCommand implements Callable<Integer> {

    static final int DIFFERENT = 3;

    @Mixin private FileOptions options = new FileOptions();

    @Mixin private DataDirOption dataDir = new DataDirOption();

    private final PrintWriter out;

    ConfigDiffCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() throws InterruptedException {
        String text = options.text();
        try (ConfigPlace place = ConfigPlace.of(dataDir.path())) {
            ObjectNode preview = place.preview(text, options.reading(text));
            ChangeText.print(preview, out);
            return ChangeText.isEmpty(preview) ? 0 : DIFFERENT;
        } catch (BadConfigException e) {
            throw options.refused(e);
        }
    }
}
