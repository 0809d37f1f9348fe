package dev.torii.desktop.ui;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks the user, and tells that something was done. View models speak to this and never to a
/// window.
public interface DialogService {

    /// Asks a question whose answer does something that cannot simply be taken back by the next
    /// click.
    ///
    /// @param question asked for anew when the language changes while it is open
    void confirm(Supplier<Question> question);

    /// Tells in passing that something was done. Errors never come this way alone.
    void toast(Toast toast);

    /// A question with two answers.
    ///
    /// @param title the question
    /// @param body what will happen, a sentence for each
    /// @param consequences what goes with it, what stays
    /// @param after a sentence under these; may be empty
    /// @param keep the words of the safe button, which has the focus
    /// @param act the verb and object of the other
    /// @param destructive whether something is lost by it
    record Question(
            String title,
            List<String> body,
            List<Consequence> consequences,
            String after,
            String keep,
            String act,
            boolean destructive,
            Runnable onAct) {

        public Question {
            body = List.copyOf(body);
            consequences = List.copyOf(consequences);
        }

        public Question(
                String title,
                List<String> body,
                String keep,
                String act,
                boolean destructive,
                Runnable onAct) {
            this(title, body, List.of(), "", keep, act, destructive, onAct);
        }
    }

    /// A box of the dialog: what is deleted with it, or what is kept.
    record Consequence(String heading, List<Line> lines) {

        public Consequence {
            lines = List.copyOf(lines);
        }

        /// One thing that goes or stays.
        ///
        /// @param icon the Feather icon's code
        public record Line(String icon, String what, String detail) {}
    }

    /// A word in passing.
    ///
    /// @param detail a second line; may be empty
    /// @param undo takes back what was done; null where that is not offered
    record Toast(String title, String detail, @Nullable Undo undo) {

        public Toast(String title, String detail) {
            this(title, detail, null);
        }

        /// The way back.
        ///
        /// @param words what the link says
        public record Undo(String words, Runnable action) {}
    }
}
