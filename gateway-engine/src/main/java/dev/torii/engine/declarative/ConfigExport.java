package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import dev.torii.model.schema.SchemaSecrets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a configuration as a document in format 3.0 that Kong reads too: children inside their
/// parents, in an order that stays, without what is said anyway.
public final class ConfigExport {

    private static final String ID = "id";
    private static final List<String> TIMES = List.of("created_at", "updated_at");

    private final ConfigSnapshot snapshot;
    private final EntityMaker maker;
    private final Options options;

    /// The children of an entity by its id, and what stands at the top.
    private final Map<String, List<Child>> nested = new HashMap<>();

    /// What is written, and how.
    ///
    /// @param withIds ids also of entities that their names tell apart
    /// @param maskSecrets masks in place of secrets; such a document cannot be imported
    /// @param torii also what only Torii understands
    /// @param tags only entities that have all of these
    public record Options(boolean withIds, boolean maskSecrets, boolean torii, List<String> tags) {

        public static final Options PLAIN = new Options(false, false, false, List.of());

        public Options {
            tags = List.copyOf(tags);
        }
    }

    private record Child(EntityKind kind, ObjectNode entity, @Nullable Relation link) {}

    private ConfigExport(ConfigSnapshot snapshot, EntityMaker maker, Options options) {
        this.snapshot = snapshot;
        this.maker = maker;
        this.options = options;
    }

    public static ObjectNode document(ConfigSnapshot snapshot, EntityMaker maker, Options options) {
        return new ConfigExport(snapshot, maker, options).document();
    }

    /// How many entities the document does without since only Torii understands them, by the names
    /// of their kinds.
    public static ObjectNode leftOut(ConfigSnapshot snapshot, EntityMaker maker, Options options) {
        ObjectNode counts = Json.object();
        if (options.torii()) {
            return counts;
        }
        for (EntityKind kind : EntityKind.values()) {
            long count =
                    snapshot.all(kind).stream()
                            .filter(entity -> SelectTags.on(entity, options.tags()))
                            .filter(entity -> maker.isToriiOnly(kind, entity))
                            .count();
            if (count > 0) {
                counts.put(kind.schemaName(), count);
            }
        }
        return counts;
    }

    /// Every entity as it is stored, in flat lists: what `/config` answers.
    public static ObjectNode flat(ConfigSnapshot snapshot) {
        ObjectNode document = head(false);
        for (EntityKind kind : KindOrder.parentsFirst()) {
            ArrayNode list = Json.array();
            for (ObjectNode entity : snapshot.all(kind)) {
                ObjectNode copy = entity.deepCopy();
                for (Relation link : Relation.ofChild(kind)) {
                    JsonNode id = copy.path(link.field()).path(ID);
                    if (id.isTextual()) {
                        copy.set(link.field(), id);
                    }
                }
                list.add(copy);
            }
            if (!list.isEmpty()) {
                document.set(kind.schemaName(), list);
            }
        }
        return document;
    }

    private static ObjectNode head(boolean transform) {
        ObjectNode head = Json.object().put("_format_version", "3.0");
        if (!transform) {
            head.put("_transform", false);
        }
        return head;
    }

    private ObjectNode document() {
        Map<EntityKind, List<Child>> top = new HashMap<>();
        boolean transformed = false;
        for (EntityKind kind : EntityKind.values()) {
            for (ObjectNode entity : snapshot.all(kind)) {
                if (!isWanted(kind, entity)) {
                    continue;
                }
                transformed |= maker.isTransformed(kind);
                Relation link = home(kind, entity);
                if (link == null) {
                    top.computeIfAbsent(kind, k -> new ArrayList<>())
                            .add(new Child(kind, entity, null));
                } else {
                    nested.computeIfAbsent(parentId(entity, link), id -> new ArrayList<>())
                            .add(new Child(kind, entity, link));
                }
            }
        }
        ObjectNode document = head(!transformed);
        for (EntityKind kind : EntityKind.values()) {
            put(document, kind, top.getOrDefault(kind, List.of()));
        }
        return document;
    }

    private boolean isWanted(EntityKind kind, ObjectNode entity) {
        return (options.torii() || !maker.isToriiOnly(kind, entity))
                && SelectTags.on(entity, options.tags());
    }

    /// The one reference that says in which parent an entity stands; null for one that stands at
    /// the top.
    private @Nullable Relation home(EntityKind kind, ObjectNode entity) {
        List<Relation> set =
                Relation.ofChild(kind).stream()
                        .filter(link -> entity.path(link.field()).hasNonNull(ID))
                        .filter(KindOrder::nests)
                        .toList();
        if (set.size() != 1) {
            return null;
        }
        ObjectNode parent =
                snapshot.find(set.getFirst().parent(), parentId(entity, set.getFirst()));
        return parent != null && isWanted(set.getFirst().parent(), parent) ? set.getFirst() : null;
    }

    private static String parentId(ObjectNode entity, Relation link) {
        return entity.path(link.field()).path(ID).asText();
    }

    private void put(ObjectNode owner, EntityKind kind, List<Child> children) {
        if (children.isEmpty()) {
            return;
        }
        ArrayNode list = owner.putArray(kind.schemaName());
        children.stream()
                .sorted(Comparator.comparing(this::sortKey))
                .forEach(child -> list.add(written(child)));
    }

    /// By name, so that a file's order stays when ids do not.
    private String sortKey(Child child) {
        return PlannedChanges.name(child.kind(), child.entity(), snapshot)
                + '\0'
                + child.entity().path(ID).asText();
    }

    private ObjectNode written(Child child) {
        EntityKind kind = child.kind();
        var schema = maker.schema(kind, child.entity());
        ObjectNode entity =
                options.maskSecrets()
                        ? SchemaSecrets.mask(schema, child.entity())
                        : child.entity().deepCopy();
        ObjectNode written =
                DefaultsLeftOut.of(entity, maker.defaults(kind, entity), schema.root());
        written.remove(TIMES);
        if (!needsId(kind, child.entity())) {
            written.remove(ID);
        }
        for (Relation link : Relation.ofChild(kind)) {
            if (link.equals(child.link())) {
                written.remove(link.field());
            } else if (written.path(link.field()).hasNonNull(ID)) {
                written.put(link.field(), reference(link, written));
            }
        }
        nested.getOrDefault(child.entity().path(ID).asText(), List.of()).stream()
                .map(Child::kind)
                .distinct()
                .sorted()
                .forEach(inner ->
                        put(
                                written,
                                inner,
                                nested
                                        .getOrDefault(child.entity().path(ID).asText(), List.of())
                                        .stream()
                                        .filter(c -> c.kind() == inner)
                                        .toList()));
        return written;
    }

    /// Where nothing else tells an entity apart, its id does.
    private boolean needsId(EntityKind kind, ObjectNode entity) {
        String key = kind.endpointKey();
        return options.withIds()
                || !((key != null && entity.hasNonNull(key))
                        || EntitySchemas.of(kind).cacheKey().size() > 1);
    }

    private String reference(Relation link, ObjectNode entity) {
        String id = entity.path(link.field()).path(ID).asText();
        ObjectNode parent = snapshot.find(link.parent(), id);
        String key = link.parent().endpointKey();
        return key != null && parent != null && parent.hasNonNull(key)
                ? parent.path(key).asText()
                : id;
    }
}
