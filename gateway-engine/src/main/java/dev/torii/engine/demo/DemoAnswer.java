package dev.torii.engine.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the demo model says: the same kind sentences each time, in the language of the question.
///
/// @param tokens the text in the pieces that it is sent in
/// @param finishReason `stop`, or `length` when `max_tokens` cut it
record DemoAnswer(List<String> tokens, String finishReason, int promptTokens) {

    private static final int LONGEST_QUOTE = 60;

    /// A run of Latin letters or digits with the space before it, or any other single character.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s?[\\p{IsLatin}\\p{Nd}'’]+|\\s?\\X", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern JAPANESE =
            Pattern.compile("[\\p{IsHiragana}\\p{IsKatakana}\\p{IsHan}]");

    static DemoAnswer to(JsonNode request) {
        int promptTokens = 0;
        String question = "";
        for (JsonNode message : request.path("messages")) {
            String content = message.path("content").asText();
            promptTokens += tokens(content).size();
            if (message.path("role").asText().equals("user")) {
                question = content;
            }
        }
        List<String> tokens = tokens(text(question));
        int most = request.path("max_tokens").asInt(Integer.MAX_VALUE);
        return tokens.size() <= most
                ? new DemoAnswer(tokens, "stop", promptTokens)
                : new DemoAnswer(tokens.subList(0, most), "length", promptTokens);
    }

    String text() {
        return String.join("", tokens);
    }

    private static String text(String question) {
        String quote =
                question.length() <= LONGEST_QUOTE
                        ? question
                        : question.substring(0, LONGEST_QUOTE) + "…";
        return JAPANESE.matcher(question).find()
                ? "こんにちは。Torii のデモモデルです。「"
                        + quote
                        + "」というご質問ですね。私は何も知りませんが、本物のモデルと同じように、少しずつお返事しています。"
                : "Hello, this is Torii's demo model. You asked: “"
                        + quote
                        + "” I know nothing about that, but I answer piece by piece, as a real model"
                        + " does.";
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        return tokens;
    }
}
