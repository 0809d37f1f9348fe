package dev.torii.desktop.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.desktop.ui.Messages;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class WordsTest {

    private final Messages messages = new Messages(Locale.ENGLISH);
    private final Words words = new Words(messages);

    @Test
    void aNameThatIsTakenIsToldInTheLanguageChosen() {
        var problem = new Problem(FieldPath.of("name"), "chat", Problem.Source.TAKEN);
        assertThat(words.problem(null, TextNode.valueOf("chat"), problem))
                .isEqualTo("name: chat is taken by another one");

        messages.speak(Locale.JAPANESE);

        assertThat(words.problem(null, TextNode.valueOf("chat"), problem))
                .isEqualTo("name: chat はすでに使われています");
    }
}
