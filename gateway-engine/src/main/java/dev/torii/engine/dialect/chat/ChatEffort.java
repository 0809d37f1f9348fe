package dev.torii.engine.dialect.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Reasoning;
import org.jspecify.annotations.Nullable;

/// Writes how much the model is to think, in the words that its server has for that.
final class ChatEffort {

    private static final int LOW = 4096;
    private static final int MEDIUM = 12288;

    private ChatEffort() {}

    static void write(LlmRequest request, ChatProfile profile, Losses losses, ObjectNode json) {
        Reasoning asked = request.reasoning();
        if (asked.on() == null && asked.effort() == null && asked.budget() == null) {
            return;
        }
        if (!profile.thinks(request.model())) {
            // Not to think is what such a model does anyway.
            losses.droppedIf(!Boolean.FALSE.equals(asked.on()), "reasoning");
            return;
        }
        switch (profile.effort()) {
            case WORD -> word(word(asked, losses), json);
            case WORD_OR_OFF -> {
                if (Boolean.FALSE.equals(asked.on())) {
                    json.putObject("thinking").put("type", "disabled");
                } else {
                    word(word(asked, losses), json);
                }
            }
            case OBJECT -> object(asked, json.putObject("reasoning"));
            case SWITCH -> {
                boolean off = Boolean.FALSE.equals(asked.on());
                if (asked.effort() != null || asked.budget() != null) {
                    losses.approximated("reasoning");
                }
                json.putObject("thinking").put("type", off ? "disabled" : "enabled");
            }
            case NONE -> losses.dropped("reasoning");
        }
    }

    private static void word(@Nullable String word, ObjectNode json) {
        if (word != null) {
            json.put("reasoning_effort", word);
        }
    }

    private static @Nullable String word(Reasoning asked, Losses losses) {
        if (Boolean.FALSE.equals(asked.on())) {
            return "none";
        }
        if (asked.effort() != null || asked.budget() == null) {
            return asked.effort();
        }
        losses.approximated("reasoning");
        return asked.budget() <= LOW ? "low" : asked.budget() <= MEDIUM ? "medium" : "high";
    }

    private static void object(Reasoning asked, ObjectNode reasoning) {
        if (asked.effort() != null) {
            reasoning.put("effort", asked.effort());
        } else if (asked.budget() != null) {
            reasoning.put("max_tokens", asked.budget());
        } else {
            reasoning.put("enabled", !Boolean.FALSE.equals(asked.on()));
        }
    }
}
