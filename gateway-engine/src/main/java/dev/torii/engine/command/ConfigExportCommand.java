package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.YamlWriter;
import dev.torii.engine.store.PrivateFiles;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Write the configuration as a file in format 3.0, which Kong reads too.",
        },
        footer = {
            "",
            "The file holds secrets as they are, since it could not be imported otherwise: only you can"
                    + " read it. Better keep them out of the configuration, with vault references"
                    + " such as {vault://env/openai-key}.",
            "",
            "Examples:",
            "  torii config export                      to the screen",
            "  torii config export kong.yaml            to a file; kong.json is written as JSON",
            "  torii config export --mask-secrets       to show around"
        })
final class ConfigExportCommand implements Callable<Integer> {

    private static final String MASKED =
            "# The secrets are masked, so this file is for reading and not for importing.\n";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to write it (default: to the screen).")
    private @Nullable Path file;

    @Mixin private DataDirOption dataDir = new DataDirOption();

    @Option(names = "--with-ids", description = "Also the ids of entities that have a name.")
    private boolean withIds;

    @Option(names = "--mask-secrets", description = "Masks in place of secrets.")
    private boolean maskSecrets;

    @Option(names = "--torii", description = "Also what only Torii understands.")
    private boolean torii;

    @Option(
            names = "--select-tag",
            paramLabel = "TAG",
            description = "Only entities with this tag; may be given more than once.")
    private List<String> selectTags = List.of();

    private final PrintWriter out;
    private final PrintWriter err;

    ConfigExportCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws InterruptedException {
        ObjectNode export;
        try (ConfigPlace place = ConfigPlace.of(dataDir.path())) {
            export =
                    place.export(new ConfigExport.Options(withIds, maskSecrets, torii, selectTags));
        }
        ObjectNode document = export.withObjectProperty("config");
        boolean json = file != null && file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        String text =
                json
                        ? Json.pretty(document) + "\n"
                        : (maskSecrets ? MASKED : "") + YamlWriter.text(document);
        if (file == null) {
            out.print(text);
            out.flush();
        } else {
            write(file, text);
        }
        err.println(leftOut(export.withObjectProperty("left_out")));
        err.flush();
        return 0;
    }

    /// Whoever takes the file for all there is would lose what it lacks.
    private static String leftOut(ObjectNode toriiOnly) {
        String counts =
                toriiOnly.properties().stream()
                        .map(kind -> kind.getKey() + ": " + kind.getValue())
                        .collect(Collectors.joining(", "));
        return "Left out: "
                + (counts.isEmpty()
                        ? ""
                        : "what only Torii understands (" + counts + "), which --torii adds; ")
                + "the secrets in Torii's vault, the history and the usage, which are no"
                + " configuration.";
    }

    private static void write(Path file, String text) {
        try {
            PrivateFiles.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CommandException(
                    "cannot write " + file + ": " + e.getMessage() + "; choose another file", e);
        }
    }
}
