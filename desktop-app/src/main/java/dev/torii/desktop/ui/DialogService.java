package dev.torii.desktop.ui;

import java.util.List;

/// Asks the user, and tells that something was done. View models speak to this and never to a
/// window.
public interface DialogService {

    /// Asks a question whose answer does something that cannot simply be taken back by the next
    /// click.
    void confirm(Question question);

    /// Tells in passing that something was done. Errors never come this way alone.
    void toast(Toast toast);

    /// A question with two answers.
    ///
    /// @param title the question
    /// @param body what will happen, a sentence for each
    /// @param keep the words of the safe button, which has the focus
    /// @param act the verb and object of the other
    /// @param destructive whether something is lost by it
    record Question(
            String title,
            List<String> body,
            String keep,
            String act,
            boolean destructive,
            Runnable onAct) {

        public Question {
            body = List.copyOf(body);
        }
    }

    /// A word in passing.
    ///
    /// @param detail a second line; may be empty
    record Toast(String title, String detail) {}
}
