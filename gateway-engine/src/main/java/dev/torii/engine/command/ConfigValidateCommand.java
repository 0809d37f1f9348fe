package dev.torii.engine.command;

import dev.torii.engine.admin.FileEntityMaker;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.declarative.ImportPlan;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "validate",
        description =
                "Check a file by itself: every fault with its line. No engine and no data folder is"
                        + " needed.",
        footer = {
            "",
            "Ends with 0 when the file is right, with 1 when it is not, with 2 when the command was"
                    + " used wrongly."
        })
final class ConfigValidateCommand implements Callable<Integer> {

    @Mixin private FileOptions options = new FileOptions();

    private final PrintWriter out;

    ConfigValidateCommand(PrintWriter out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        String text = options.text();
        var maker = new FileEntityMaker(PluginRegistry.discovered(), InstantSource.system());
        try {
            ImportPlan plan =
                    new Declarations(maker)
                            .plan(text, options.reading(text), ConfigSnapshot.empty());
            plan.notes().forEach(note -> out.println("note: " + note));
            out.printf("%s is right: %d entities.%n", options.file(), plan.changes().size());
            out.flush();
            return 0;
        } catch (BadConfigException e) {
            throw options.refused(e);
        }
    }
}
