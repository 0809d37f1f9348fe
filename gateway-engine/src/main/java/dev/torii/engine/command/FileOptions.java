package dev.torii.engine.command;

import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.declarative.ImportMode;
import dev.torii.engine.declarative.Variables;
import dev.torii.engine.settings.SettingsException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What `config import` and its kin have in common: a file, and how to read it.
final class FileOptions {

    @Parameters(paramLabel = "FILE", description = "A configuration in YAML or JSON.")
    private Path file = Path.of("kong.yaml");

    @Option(
            names = "--merge",
            description =
                    "Add and change only; without this, what the file does not have is deleted.")
    private boolean merge;

    @Option(
            names = "--select-tag",
            paramLabel = "TAG",
            description =
                    "Only entities with this tag are looked at, and the file's get it; may be given"
                            + " more than once.")
    private List<String> selectTags = List.of();

    @Option(
            names = "--skip-unsupported",
            description = "Leave out what Torii does not have, and say what that was.")
    private boolean skipUnsupported;

    Path file() {
        return file;
    }

    /// @throws SettingsException when it cannot be read
    String text() {
        return text(file);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw SettingsException.of("FILE", file.toString(), "a file that exists");
        } catch (CharacterCodingException e) {
            throw SettingsException.of("FILE", file.toString(), "text in UTF-8");
        } catch (IOException e) {
            throw SettingsException.of("FILE", file.toString(), "a file that can be read");
        }
    }

    /// Why the file is not taken; nothing was changed.
    CommandException refused(BadConfigException e) {
        return new CommandException(e.report(file, "nothing was changed"), e);
    }

    Declarations.Options reading(String text) {
        return new Declarations.Options(
                Variables.in(text, System.getenv()),
                merge ? ImportMode.MERGE : ImportMode.SYNC,
                selectTags,
                skipUnsupported);
    }
}
