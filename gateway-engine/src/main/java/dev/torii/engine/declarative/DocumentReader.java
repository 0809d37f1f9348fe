package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a document apart: the format's own keys, the lists of entities, and the children in them.
final class DocumentReader {

    private static final String FORMAT = "_format_version";
    private static final List<String> FORMATS = List.of("1.1", "2.1", "3.0");

    /// Kong's entities that Torii does not have, and what they are in words.
    private static final Map<String, String> ELSEWHERE =
            Map.ofEntries(
                    Map.entry("consumer_groups", "consumer groups"),
                    Map.entry("groups", "consumer groups"),
                    Map.entry("oauth2_credentials", "OAuth 2 credentials"),
                    Map.entry("mtls_auth_credentials", "mTLS credentials"),
                    Map.entry("filter_chains", "WebAssembly filters"),
                    Map.entry("partials", "partials"),
                    Map.entry("rbac_roles", "roles"),
                    Map.entry("licenses", "licenses"),
                    Map.entry("workspaces", "workspaces"));

    private final Located root;
    private final boolean skipUnknown;
    private final Faults faults;
    private final EntityMaker maker;
    private final DeckExtras extras;
    private final List<FileEntity> entities = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private DocumentReader(
            Located root, List<String> selectTags, boolean skipUnknown, EntityMaker maker) {
        this.root = root;
        this.skipUnknown = skipUnknown;
        this.maker = maker;
        this.faults = new Faults(root);
        this.extras = new DeckExtras((ObjectNode) root.json(), selectTags, faults);
    }

    /// @param root an object
    /// @param selectTags besides those that the document names
    /// @param skipUnknown whether entities that Torii does not have are left out, with a note,
    ///   rather than refused
    static FileDocument read(
            Located root, List<String> selectTags, boolean skipUnknown, EntityMaker maker)
            throws BadConfigException {
        var reader = new DocumentReader(root, selectTags, skipUnknown, maker);
        FileDocument document = reader.document();
        reader.faults.throwIfAny();
        return document;
    }

    private FileDocument document() {
        boolean oldPaths = formatVersion().map(version -> !version.equals("3.0")).orElse(false);
        boolean transform = true;
        for (var entry : root.json().properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            Optional<EntityKind> kind = EntityKind.ofSchemaName(key);
            if (kind.isPresent()) {
                list(kind.get(), List.of(), value, null, null, oldPaths);
            } else if (key.equals("_transform")) {
                if (!value.isBoolean()) {
                    faults.add(List.of(key), "expected a boolean");
                }
                transform = value.asBoolean(true);
            } else if (DeckExtras.KEYS.contains(key)) {
                extras.note(key).ifPresent(notes::add);
            } else if (ELSEWHERE.containsKey(key)) {
                elsewhere(List.of(key), value);
            } else if (!key.equals(FORMAT) && !isRemark(List.of(), key, value)) {
                faults.add(List.of(key), "unknown field");
            }
        }
        return new FileDocument(
                root, List.copyOf(entities), transform, extras.selectTags(), List.copyOf(notes));
    }

    private Optional<String> formatVersion() {
        JsonNode version = root.json().path(FORMAT);
        if (version.isMissingNode() || version.isNull()) {
            faults.add(List.of(FORMAT), "required field missing");
        } else if (!version.isTextual()) {
            faults.add(List.of(FORMAT), "expected a string");
        } else if (!FORMATS.contains(version.textValue())) {
            faults.add(List.of(FORMAT), "expected one of: " + String.join(", ", FORMATS));
        } else {
            return Optional.of(version.textValue());
        }
        return Optional.empty();
    }

    /// `_comment` and `_ignore`, which may stand anywhere and say nothing.
    private boolean isRemark(List<String> owner, String key, JsonNode value) {
        boolean comment = key.equals("_comment");
        if (!comment && !key.equals("_ignore")) {
            return false;
        }
        if (comment && !value.isTextual() && !value.isNull()) {
            faults.add(with(owner, key), "expected a string");
        } else if (!comment && !value.isArray() && !value.isNull()) {
            faults.add(with(owner, key), "expected an array");
        }
        return true;
    }

    private void list(
            EntityKind kind,
            List<String> owner,
            JsonNode list,
            @Nullable FileEntity parent,
            @Nullable String parentField,
            boolean oldPaths) {
        List<String> path = with(owner, kind.schemaName());
        if (list.isNull()) {
            return;
        }
        if (!(list instanceof ArrayNode array)) {
            faults.add(path, "expected an array");
            return;
        }
        for (int i = 0; i < array.size(); i++) {
            List<String> place = with(path, Integer.toString(i + 1));
            if (array.get(i) instanceof ObjectNode json) {
                entity(kind, place, json, parent, parentField, oldPaths);
            } else {
                faults.add(place, "expected a record");
            }
        }
    }

    private void entity(
            EntityKind kind,
            List<String> path,
            ObjectNode json,
            @Nullable FileEntity parent,
            @Nullable String parentField,
            boolean oldPaths) {
        Optional<String> missing = skipUnknown ? maker.missing(kind, json) : Optional.empty();
        if (missing.isPresent()) {
            notes.add(leftOut(path, missing.get()));
            return;
        }
        ObjectNode own = Json.object();
        var entity = new FileEntity(kind, path, own, parent, parentField);
        entities.add(entity);
        for (var entry : json.properties()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            Optional<Relation> link = KindOrder.nested(kind, key);
            if (link.isPresent()) {
                list(link.get().child(), path, value, entity, link.get().field(), oldPaths);
            } else if (ELSEWHERE.containsKey(key)) {
                elsewhere(with(path, key), value);
            } else if (!isRemark(path, key, value)) {
                own.set(key, value.deepCopy());
            }
        }
        extras.apply(entity);
        if (oldPaths && kind == EntityKind.ROUTES) {
            OldPaths.mark(own);
        }
    }

    /// Says of each item that it cannot be had here.
    private void elsewhere(List<String> path, JsonNode value) {
        if (value.isNull() || value.isEmpty()) {
            return;
        }
        String words = ELSEWHERE.getOrDefault(path.getLast(), path.getLast());
        for (int i = 0; i < value.size(); i++) {
            List<String> item = with(path, Integer.toString(i + 1));
            if (skipUnknown) {
                notes.add(leftOut(item, words));
            } else {
                faults.add(
                        item,
                        "Torii has no " + words + "; leave it out, or skip what is not supported");
            }
        }
    }

    private String leftOut(List<String> path, String what) {
        return ConfigFault.at(root, path, "left out, since Torii has no " + what).sentence();
    }

    private static List<String> with(List<String> path, String step) {
        List<String> longer = new ArrayList<>(path);
        longer.add(step);
        return List.copyOf(longer);
    }
}
