package dev.torii.engine.proxy;

import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.provider.Codec;
import dev.torii.model.llm.Operation;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// How the answer to one LLM call is read.
record LlmAnswers(LlmCall call, Codec codec) {

    /// A refusal is said in the client's words, without the key, should it quote that. Any other
    /// answer that is no 200 passes as it is, and so does what is compressed against our word.
    AnswerRelay relay(int status, HttpFields headers) {
        if (headers.contains(HttpHeader.CONTENT_ENCODING)) {
            return new AnswerRelay.Through();
        }
        if (status >= 400) {
            return refusal(status, headers);
        }
        if (status != 200) {
            return new AnswerRelay.Through();
        }
        String type = type(headers);
        if (type != null && codec.streams(call, type)) {
            return new AnswerRelay.Streamed(codec.stream(call, type));
        }
        if (call.client().operation() == Operation.PASS
                && (type == null || !type.contains("json"))) {
            return new AnswerRelay.Through();
        }
        return new AnswerRelay.Held(
                body -> new AnswerRelay.Whole(status, codec.decodeAnswer(call, body), null));
    }

    private static @Nullable String type(HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        return type == null ? null : type.toLowerCase(Locale.ROOT);
    }

    private AnswerRelay refusal(int status, HttpFields headers) {
        KeyMask mask = KeyMask.of(call.target().auth());
        return new AnswerRelay.Held(body -> {
            Codec.Refusal refusal = codec.decodeRefusal(status, headers::get, body);
            byte[] shown = refusal.body();
            return new AnswerRelay.Whole(
                    refusal.status(),
                    mask == null ? shown : mask.hide(shown),
                    refusal.retryAfter());
        });
    }
}
