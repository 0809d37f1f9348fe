package dev.torii.engine.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.api.ToriiVersion;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// An OpenAPI 3.1 document while it is put together. Schemas are kept under `components` and
/// referred to by name, so that each is there once.
public final class ApiDocument {

    private static final String DESCRIPTION =
            """
            Kong's Admin API as Torii answers it, and Torii's own endpoints under `/torii`.

            Every path also answers `HEAD` like `GET` without a body, and `OPTIONS` with the \
            methods that it takes. A slash at the end of a path counts for nothing. Query \
            parameters that are not listed are passed over, except under `/torii`.\
            """;

    private final Map<String, Map<String, ObjectNode>> paths = new TreeMap<>();
    private final Map<String, JsonNode> schemas = new TreeMap<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final RecordSchemas records = new RecordSchemas(this);

    /// The document of what these answer.
    public static ObjectNode of(List<SelfDescribing> sources) {
        var document = new ApiDocument();
        sources.forEach(source -> source.describe(document));
        return document.toJson();
    }

    /// Adds an operation.
    ///
    /// @throws IllegalStateException when path and method are there already
    public void add(Operation operation) {
        ObjectNode before =
                paths.computeIfAbsent(operation.path(), path -> new TreeMap<>())
                        .putIfAbsent(operation.method(), operation.toJson());
        if (before != null) {
            throw new IllegalStateException(
                    operation.method() + " " + operation.path() + " is described twice");
        }
    }

    /// Says what the operations under a tag are about.
    public void tag(String name, String description) {
        tags.put(name, description);
    }

    /// A reference to the schema of this name, which is made when it is not there yet.
    public ObjectNode schema(String name, Supplier<? extends JsonNode> made) {
        if (!schemas.containsKey(name)) {
            // Taken before it is made, so that a schema can refer to itself.
            schemas.put(name, Json.object());
            schemas.put(name, made.get());
        }
        return Json.object().put("$ref", "#/components/schemas/" + name);
    }

    /// A reference to the schema of what the mapper writes for this record.
    public ObjectNode record(Class<? extends Record> type) {
        return records.reference(type);
    }

    private ObjectNode toJson() {
        ObjectNode document = Json.object().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Torii Admin API")
                .put("version", ToriiVersion.current())
                .put("description", DESCRIPTION)
                .putObject("license")
                .put("name", "Apache-2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        var tagList = document.putArray("tags");
        tags.forEach(
                (name, text) -> tagList.addObject().put("name", name).put("description", text));
        ObjectNode pathItems = document.putObject("paths");
        paths.forEach((path, methods) -> {
            ObjectNode item = pathItems.putObject(path);
            methods.forEach(item::set);
        });
        ObjectNode components = document.putObject("components");
        components.set("responses", Refusals.responses(this));
        ObjectNode named = components.putObject("schemas");
        schemas.forEach(named::set);
        return document;
    }
}
