package dev.torii.engine.provider;

import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.Part;

/// The text that a model generated, for counting and for payload logs.
final class AnswerText {

    private AnswerText() {}

    static String of(LlmAnswer answer) {
        StringBuilder text = new StringBuilder();
        for (LlmAnswer.Choice choice : answer.choices()) {
            for (Part part : choice.parts()) {
                switch (part) {
                    case Part.Text(var piece, var _, var _) -> text.append(piece);
                    case Part.Thinking(var piece, var _, var _) -> text.append(piece);
                    case Part.Refusal(var piece) -> text.append(piece);
                    case Part.ToolCall call -> text.append(call.name()).append(call.arguments());
                    default -> {}
                }
            }
        }
        return text.toString();
    }
}
