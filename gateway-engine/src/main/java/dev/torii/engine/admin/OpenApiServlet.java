package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.SelfDescribing;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `GET /torii/openapi.json`: the admin port in OpenAPI 3.1, as its servlets describe themselves.
final class OpenApiServlet extends ReadingServlet implements SelfDescribing {

    @Serial private static final long serialVersionUID = 1L;

    private final transient List<SelfDescribing> sources;

    /// Made when first asked for: neither servlets nor plugins change while the engine runs.
    private transient volatile byte @Nullable [] document;

    OpenApiServlet(List<SelfDescribing> others) {
        sources = new ArrayList<>(others);
        sources.add(this);
    }

    @Override
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isItself(request)) {
            json(response, 200, document());
        } else {
            notFound(response);
        }
    }

    private byte[] document() {
        byte[] made = document;
        if (made == null) {
            made = Json.bytes(ApiDocument.of(sources));
            document = made;
        }
        return made;
    }

    @Override
    public void describe(ApiDocument api) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putArray("required").add("openapi").add("info").add("paths");
        api.add(
                Operation.of("GET", AdminPaths.OPENAPI, "getOpenApi", "This document")
                        .tag(ToriiOperations.TAG)
                        .answers(200, "An OpenAPI 3.1 document.", schema));
    }
}
