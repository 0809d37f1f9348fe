package dev.torii.engine.telemetry;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingRegistry;
import com.knuddels.jtokkit.api.EncodingType;
import java.util.regex.Pattern;

/// Counts the tokens of a text, with the vocabularies of OpenAI: others do not publish theirs.
record TextTokens(Encoding encoding) {

    /// Longer texts are counted in pieces, so that the work grows with the length and no faster. A
    /// cut costs at most one token.
    private static final int PIECE = 32 * 1024;

    private static final Pattern O200K =
            Pattern.compile("(?:.*/)?(?:(?:chat)?gpt-(?:4o|4\\.[1-9]|[5-9]).*|o\\d.*)|.*gemini.*");

    /// Vocabularies are loaded when first needed: they take half a second and tens of megabytes.
    private static final EncodingRegistry ENCODINGS = Encodings.newLazyEncodingRegistry();

    /// @param model in lower case
    static TextTokens of(String model) {
        boolean newer = O200K.matcher(model).matches();
        return new TextTokens(
                ENCODINGS.getEncoding(newer ? EncodingType.O200K_BASE : EncodingType.CL100K_BASE));
    }

    long count(String text) {
        long tokens = 0;
        for (int start = 0; start < text.length(); start += PIECE) {
            int end = Math.min(text.length(), start + PIECE);
            // "Ordinary": a text that spells a control token is a text, and no reason to fail.
            tokens += encoding.countTokensOrdinary(text.substring(start, end));
        }
        return tokens;
    }
}
