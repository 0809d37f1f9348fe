package dev.torii.model.llm;

/// Something of a request or an answer that the other side cannot say.
///
/// @param action what became of it
/// @param what in the client's words, such as `cache_control` or `seed`
/// @param count how often
public record Loss(Action action, String what, int count) {

    public enum Action {
        DROPPED,
        /// Said in another way that is not quite the same.
        APPROXIMATED
    }
}
