package dev.torii.engine.dialect.tgi;

import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.PlainText;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.Message;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Writes a conversation as Llama 2 was trained on it: `<s>[INST] <<SYS>> … <</SYS>> question
/// [/INST] answer </s><s>[INST] …`. Words that look like a mark are taken apart, so that nobody's
/// text begins a turn of its own.
final class LlamaPrompt {

    private static final Pattern MARK = Pattern.compile("\\[/?INST]|<</?SYS>>|</?s>");

    private final Losses losses;
    private final StringBuilder prompt = new StringBuilder();
    private final List<String> question = new ArrayList<>();
    private String system = "";

    LlamaPrompt(Losses losses) {
        this.losses = losses;
    }

    String of(LlmRequest request) throws UnsayableException {
        if (OfferedTools.forced(request)) {
            throw new UnsayableException(
                    "tool_choice: %s is asked by a bare prompt, and knows no tools"
                            .formatted(request.model()));
        }
        losses.droppedIf(!request.tools().isEmpty(), "tools");
        List<String> leading = new ArrayList<>();
        boolean begun = false;
        for (Message message : request.messages()) {
            boolean ofSystem = message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
            String text = text(message);
            losses.droppedIf(message.name() != null, "name");
            message.extra().fields().fieldNames().forEachRemaining(losses::dropped);
            if (ofSystem && !begun) {
                leading.add(text);
                system = "<<SYS>>\n" + String.join("\n\n", leading) + "\n<</SYS>>\n\n";
                continue;
            }
            begun = true;
            losses.approximatedIf(ofSystem, "system");
            if (message.role() == Role.ASSISTANT) {
                ask();
                prompt.append(' ').append(text).append(" </s>");
            } else {
                question.add(text);
            }
        }
        return finished(begun);
    }

    /// A conversation that ends with the model's words is one to go on from.
    private String finished(boolean begun) {
        if (question.isEmpty() && begun) {
            prompt.setLength(prompt.length() - " </s>".length());
        } else {
            ask();
        }
        return prompt.toString();
    }

    /// What was said since the last answer; nothing, where the model goes on by itself.
    private void ask() {
        prompt.append("<s>[INST] ")
                .append(system)
                .append(String.join("\n", question))
                .append(" [/INST]");
        system = "";
        question.clear();
    }

    private String text(Message message) throws UnsayableException {
        List<String> texts = new ArrayList<>();
        for (Part part : message.parts()) {
            switch (part) {
                case Part.ToolCall call -> {
                    losses.approximated("tool_calls");
                    texts.add(call.name() + "(" + call.arguments() + ")");
                }
                case Part.ToolResult result -> {
                    losses.approximated("tool result");
                    texts.add("Result of a tool: " + PlainText.of(result.parts(), losses));
                }
                case Part.Thinking _ -> losses.dropped("thinking");
                default -> {
                    String text = PlainText.of(part, losses);
                    if (text != null) {
                        texts.add(text);
                    }
                }
            }
        }
        return unmarked(String.join("\n", texts).strip());
    }

    private String unmarked(String text) {
        var marks = MARK.matcher(text);
        if (!marks.find()) {
            return text;
        }
        losses.approximated("marks of the prompt");
        return marks.replaceAll(mark -> {
            String found = mark.group();
            return found.charAt(0) + " " + found.substring(1);
        });
    }
}
