package dev.torii.engine.dialect.gemini;

import dev.torii.model.llm.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the end of a path says, as in `/v1beta/models/gemini-2.5-flash:generateContent`. A model's
/// name may have slashes and colons, and capitals that count.
///
/// @param model null where the path names none
/// @param call what stands behind the colon; empty for the list of models
record GeminiPath(@Nullable String model, String call) {

    private static final Pattern CALL = Pattern.compile("/models/(.+):([a-z]+[A-Z][A-Za-z]*)$");
    private static final Pattern LIST = Pattern.compile("/v1(?:alpha|beta\\d*)?/models(?:/.+)?$");

    /// Null for a path of another dialect.
    static @Nullable GeminiPath of(String path) {
        Matcher call = CALL.matcher(path);
        if (call.find()) {
            String model = call.group(1).replace("+", "%2B");
            return new GeminiPath(URLDecoder.decode(model, StandardCharsets.UTF_8), call.group(2));
        }
        return LIST.matcher(path).find() ? new GeminiPath(null, "") : null;
    }

    @Nullable Operation operation() {
        return switch (call) {
            case "generateContent", "streamGenerateContent" -> Operation.CHAT;
            case "countTokens" -> Operation.COUNT_TOKENS;
            case "embedContent", "batchEmbedContents" -> Operation.PASS;
            case "" -> Operation.MODELS;
            default -> null;
        };
    }

    boolean streams() {
        return call.equals("streamGenerateContent");
    }
}
