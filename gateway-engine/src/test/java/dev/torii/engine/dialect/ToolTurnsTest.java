package dev.torii.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A conversation in which each result of a tool is a message of its own.
class ToolTurnsTest {

    private static final Part.ToolCall F = new Part.ToolCall("1", "f", "{}", false, null);
    private static final Part.ToolCall G = new Part.ToolCall("1", "g", "{}", false, null);

    private final Losses losses = new Losses();

    private static Part.ToolResult result(String text, boolean error, String... name) {
        return new Part.ToolResult(
                "1", name.length == 0 ? null : name[0], List.of(new Part.Text(text)), error, null);
    }

    /// As those clients say it whose results stand in the user's message.
    @Test
    void takesResultsOutOfTheUsersMessage() {
        Part.Text more = new Part.Text("more");
        assertThat(
                        ToolTurns.of(
                                List.of(
                                        new Message(Role.ASSISTANT, List.of(F)),
                                        new Message(Role.USER, List.of(more, result("r", false)))),
                                losses))
                .containsExactly(
                        new Message(Role.ASSISTANT, List.of(F)),
                        new Message(Role.TOOL, List.of(result("r", false, "f"))),
                        new Message(Role.USER, List.of(more)));
        assertThat(losses.isEmpty()).isTrue();
    }

    @Test
    void answersCallsOfOneIdInTheirOrder() {
        List<Message> turns =
                ToolTurns.of(
                        List.of(
                                new Message(Role.ASSISTANT, List.of(F, G)),
                                new Message(Role.TOOL, List.of(result("a", false))),
                                new Message(Role.TOOL, List.of(result("b", false)))),
                        losses);
        assertThat(turns.subList(1, 3))
                .containsExactly(
                        new Message(Role.TOOL, List.of(result("a", false, "f"))),
                        new Message(Role.TOOL, List.of(result("b", false, "g"))));
    }

    @Test
    void givesEachCallAResultAndEachResultACall() {
        Part.ToolCall other = new Part.ToolCall("2", "h", "{}", false, null);
        List<Message> turns =
                ToolTurns.of(
                        List.of(
                                new Message(Role.ASSISTANT, List.of(F, other, F)),
                                new Message(
                                        Role.TOOL,
                                        List.of(
                                                result("a", false),
                                                result("b", false),
                                                result("c", false)))),
                        losses);
        Part.Text none = new Part.Text("[no result recorded]");
        assertThat(turns)
                .containsExactly(
                        new Message(Role.ASSISTANT, List.of(F, other, F)),
                        new Message(Role.TOOL, List.of(result("a", false, "f"))),
                        new Message(Role.TOOL, List.of(result("b", false, "f"))),
                        new Message(
                                Role.TOOL,
                                List.of(new Part.ToolResult("2", "h", List.of(none), false, null))),
                        new Message(
                                Role.USER,
                                List.of(new Part.Text("Result of a tool:"), new Part.Text("c"))));
    }

    @Test
    void countsThatAToolFailed() {
        ToolTurns.of(
                List.of(
                        new Message(Role.ASSISTANT, List.of(F)),
                        new Message(Role.TOOL, List.of(result("r", true)))),
                losses);
        assertThat(losses.all()).containsExactly(new Loss(Loss.Action.DROPPED, "is_error", 1));
    }
}
