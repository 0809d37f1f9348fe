package dev.torii.engine.command;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where the value of a secret comes from. Never from an argument: the shell would write it to its
/// history, and every user of the machine could see it.
interface SecretInput {

    String read(String name) throws IOException;

    /// A prompt that shows nothing where there is a terminal, else all of standard input.
    static SecretInput ofThisProcess() {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .<SecretInput>map(console -> name -> typed(console, name))
                .orElse(_ -> piped(System.in));
    }

    private static String typed(Console console, String name) {
        char[] typed = console.readPassword("Value of %s (not shown): ", name);
        return typed == null ? "" : new String(typed);
    }

    /// One line end at the end counts for nothing, since `echo` adds it.
    static String piped(InputStream in) throws IOException {
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(in.readAllBytes()))
                            .toString();
            return text.replaceFirst("\r?\n\\z", "");
        } catch (CharacterCodingException e) {
            throw new CommandException("the value is no text in UTF-8");
        }
    }
}
