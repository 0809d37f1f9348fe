package dev.torii.engine.plugin.keyauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.FormText;
import dev.torii.model.llm.LlmBody;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The fields of a request body that is a form, a JSON object or a multipart form.
sealed interface BodyFields {

    BodyFields NONE = new None();

    Presented find(String name);

    /// Takes the field out of what goes upstream.
    void remove(String name);

    static BodyFields of(Exchange exchange) {
        String type = exchange.request().header("content-type");
        if (type == null) {
            return NONE;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        if (lower.startsWith("application/x-www-form-urlencoded")) {
            return new Form(exchange, type);
        }
        if (lower.startsWith("application/json")) {
            ObjectNode json = exchange.body().json();
            return json == null ? NONE : new JsonObject(exchange.body(), json);
        }
        if (lower.startsWith("multipart/form-data")) {
            String boundary = MultipartText.boundary(type);
            return boundary == null ? NONE : new Multipart(exchange, type, boundary);
        }
        return NONE;
    }

    record None() implements BodyFields {

        @Override
        public Presented find(String name) {
            return Presented.NOTHING;
        }

        @Override
        public void remove(String name) {}
    }

    record Form(Exchange exchange, String contentType) implements BodyFields {

        private String text() {
            return new String(exchange.body().bytes(), StandardCharsets.UTF_8);
        }

        @Override
        public Presented find(String name) {
            return Presented.of(FormText.values(text(), name));
        }

        @Override
        public void remove(String name) {
            byte[] rest = FormText.without(text(), name).getBytes(StandardCharsets.UTF_8);
            exchange.body(new LlmBody(rest, contentType));
        }
    }

    record JsonObject(LlmBody body, ObjectNode json) implements BodyFields {

        @Override
        public Presented find(String name) {
            @Nullable JsonNode value = json.get(name);
            if (value == null || (!value.isTextual() && !value.isContainerNode())) {
                return Presented.NOTHING;
            }
            return value.isTextual() ? new Presented.Single(value.textValue()) : Presented.REPEATED;
        }

        @Override
        public void remove(String name) {
            if (json.has(name)) {
                body.edit().remove(name);
            }
        }
    }

    record Multipart(Exchange exchange, String contentType, String boundary) implements BodyFields {

        private MultipartText text() {
            return MultipartText.parse(exchange.body().bytes(), boundary);
        }

        @Override
        public Presented find(String name) {
            return Presented.of(text().values(name));
        }

        @Override
        public void remove(String name) {
            exchange.body(new LlmBody(text().without(name), contentType));
        }
    }
}
