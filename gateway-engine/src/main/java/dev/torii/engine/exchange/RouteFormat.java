package dev.torii.engine.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ClientDialect;
import dev.torii.engine.dialect.ClientDialects;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// In what dialect the clients of a route speak, and about what: a plugin's `llm_format` and
/// `route_type`.
public record RouteFormat(String llmFormat, RouteType routeType) {

    /// What a route without such settings carries.
    public static final RouteFormat USUAL = new RouteFormat("openai", RouteType.CHAT);

    private static final String AUTO = "auto";

    /// What is read of a request without a body; never changed.
    private static final ObjectNode NOTHING = Json.object();

    /// Reads what a request asks for; null when nothing tells in what dialect it is.
    public @Nullable ClientCall read(ClientRequest request, LlmBody body) {
        ObjectNode json = body.json();
        String path = ClientDialects.withoutTrailingSlashes(request.path());
        ClientDialects dialects = ClientDialects.installed();
        if (llmFormat.equals(AUTO)) {
            ClientDialects.Spoken spoken = dialects.find(path, request::header, json);
            return spoken == null
                    ? null
                    : call(spoken.dialect(), spoken.operation(), request, path, json);
        }
        ClientDialect dialect = dialects.named(dialect());
        Operation asked = dialect.operation(path);
        return call(dialect, operation(asked, request), request, path, json);
    }

    private String dialect() {
        return switch (routeType) {
            case RESPONSES -> "openai-responses";
            default -> llmFormat;
        };
    }

    /// In OpenAI's format the route says what is asked for, as in Kong, and the path may be any;
    /// save that nobody chats with `GET`.
    private Operation operation(@Nullable Operation asked, ClientRequest request) {
        if (llmFormat.equals(RouteFormat.USUAL.llmFormat)) {
            return asked == Operation.MODELS && request.method().equals("GET")
                    ? asked
                    : routeType.operation();
        }
        return asked == null ? Operation.CHAT : asked;
    }

    private ClientCall call(
            ClientDialect dialect,
            Operation operation,
            ClientRequest request,
            String path,
            @Nullable ObjectNode body) {
        ObjectNode read = body == null ? NOTHING : body;
        return new ClientCall(
                dialect.asked(name -> argument(request, name)),
                operation,
                operation == Operation.MODELS
                        ? dialect.listedModel(path)
                        : dialect.model(path, read),
                dialect.streams(path, read),
                dialect.betas(request::header),
                operation == Operation.PASS
                        ? PassedPath.of(request.normalizedPath(), routeType)
                        : "");
    }

    private static @Nullable String argument(ClientRequest request, String name) {
        List<String> values = request.queryValues(name);
        return values.isEmpty() ? null : values.getFirst();
    }
}
