package dev.torii.engine.proxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.provider.Codec;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// How the answer to one LLM call is read.
final class LlmAnswers {

    private final LlmCall call;
    private final Codec codec;
    private final List<Codec.Answer> earlier = new ArrayList<>();

    LlmAnswers(LlmCall call, Codec codec) {
        this.call = call;
        this.codec = codec;
    }

    /// Keeps a whole answer of status 200 that others follow.
    void keep(HttpFields headers, byte[] body) {
        earlier.add(new Codec.Answer(headers::get, body));
    }

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
        if (passes(type)) {
            return new AnswerRelay.Through();
        }
        return new AnswerRelay.Held(body -> {
            List<Codec.Answer> all = new ArrayList<>(earlier);
            all.add(new Codec.Answer(headers::get, body));
            try {
                return new AnswerRelay.Whole(status, codec.decodeAnswers(call, all), null);
            } catch (UnreadableAnswerException e) {
                int told = errorTold(body);
                if (told == 0) {
                    throw e;
                }
                return refused(told, headers, body);
            }
        });
    }

    /// The status of an error that stands in place of an answer of status 200, as OpenRouter and
    /// Azure send them; 0 where there is none.
    private static int errorTold(byte[] body) {
        ObjectNode json = Json.parseObjectOrNull(body);
        if (json == null || !json.path("error").isObject()) {
            return 0;
        }
        for (String field : new String[] {"code", "status"}) {
            int told = json.path("error").path(field).asInt();
            if (told >= 400 && told < 600) {
                return told;
            }
        }
        return 500;
    }

    /// Of calls that pass only JSON is looked at, for its usage; but not the content of files,
    /// which may be long.
    private boolean passes(@Nullable String type) {
        return call.client().operation() == Operation.PASS
                && (type == null
                        || !type.contains("json")
                        || call.client().path().startsWith("/files"));
    }

    private static @Nullable String type(HttpFields headers) {
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        return type == null ? null : type.toLowerCase(Locale.ROOT);
    }

    private AnswerRelay refusal(int status, HttpFields headers) {
        return new AnswerRelay.Held(body -> refused(status, headers, body));
    }

    private AnswerRelay.Whole refused(int status, HttpFields headers, byte[] body) {
        KeyMask mask = KeyMask.of(call.target().auth());
        Codec.Refusal refusal = codec.decodeRefusal(status, headers::get, body);
        byte[] shown = refusal.body();
        return new AnswerRelay.Whole(
                refusal.status(), mask == null ? shown : mask.hide(shown), refusal.retryAfter());
    }
}
