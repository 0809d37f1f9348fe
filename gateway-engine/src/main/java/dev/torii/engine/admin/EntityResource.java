package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.Relation;
import dev.torii.model.json.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Answers for entities: collections, single ones, and both below a parent. The same for every
/// kind.
final class EntityResource {

    private final ConfigStore store;
    private final EntityWriter writer;
    private final Drafts drafts;

    EntityResource(ConfigStore store, Drafts drafts) {
        this.store = store;
        this.drafts = drafts;
        this.writer = new EntityWriter(store, drafts);
    }

    Answer collection(EntityKind kind, AdminCall call) {
        if (call.method().equals("POST")) {
            return Answer.created(shown(kind, writer.create(kind, call, Json.object())));
        }
        String lookup = drafts.rules(kind).lookup();
        String wanted = lookup == null ? null : call.query().get(lookup);
        if (lookup != null && wanted != null) {
            return exactly(kind, lookup, wanted);
        }
        Listing listing = Listing.parse(call.query(), true);
        Collection<ObjectNode> rest =
                listing.after() == null
                        ? store.snapshot().all(kind)
                        : store.snapshot().after(kind, listing.after());
        return Answer.ok(listing.page(visible(kind, rest), "/" + kind.path()));
    }

    private Answer exactly(EntityKind kind, String field, String value) {
        if (value.isEmpty()) {
            throw Problems.plain(400, field + " must be an unempty string");
        }
        ObjectNode page = Json.object();
        var data = page.putArray("data");
        ObjectNode found = EntityKey.findBy(store.snapshot(), kind, field, value);
        if (found != null) {
            data.add(found);
        }
        return Answer.ok(page.putNull("next"));
    }

    Answer item(EntityKind kind, String segment, AdminCall asked) {
        var addressed = address(kind, segment, asked);
        EntityKey key = addressed.key();
        AdminCall call = addressed.call();
        return switch (call.method()) {
            case "PUT" -> Answer.ok(shown(kind, writer.put(key, call, Json.object())));
            case "PATCH" -> Answer.ok(shown(kind, writer.patch(key, call, Json.object())));
            case "DELETE" -> {
                writer.delete(key, call);
                yield Answer.NO_CONTENT;
            }
            default -> Answer.ok(shown(kind, existing(key, drafts.rules(kind).missing(key))));
        };
    }

    Answer children(String parentKey, Relation relation, AdminCall call) {
        ObjectNode parent = parentAt(parentKey, relation, call);
        EntityKind kind = relation.child();
        if (call.method().equals("POST")) {
            return Answer.created(shown(kind, writer.create(kind, call, link(relation, parent))));
        }
        return Answer.ok(
                page(
                        parent,
                        relation,
                        call,
                        UnaryOperator.identity(),
                        pathBelow(parentKey, relation)));
    }

    /// A page of the children in their order.
    ///
    /// @param more makes of a child as clients see it what this page shows
    /// @param path of the list, for `next`
    ObjectNode page(
            ObjectNode parent,
            Relation relation,
            AdminCall call,
            UnaryOperator<ObjectNode> more,
            String path) {
        EntityKind kind = relation.child();
        List<ObjectNode> own =
                store.snapshot().having(kind, relation.field(), parent.path("id").asText());
        Function<ObjectNode, String> place = drafts.rules(kind)::placeBelowParent;
        return Listing.parse(call.query(), false)
                .page(
                        visible(kind, own).sorted(Comparator.comparing(place)).map(more),
                        place,
                        path);
    }

    /// The children as they lie in the store.
    Answer rawChildren(String parentKey, Relation relation, AdminCall call) {
        ObjectNode parent = parentAt(parentKey, relation, call);
        EntityKind kind = relation.child();
        List<ObjectNode> own =
                store.snapshot().having(kind, relation.field(), parent.path("id").asText());
        return Answer.ok(
                Listing.parse(call.query(), false)
                        .page(visible(kind, own), pathBelow(parentKey, relation) + "/all"));
    }

    private static String pathBelow(String parentKey, Relation relation) {
        return "/"
                + relation.parent().path()
                + "/"
                + UrlEncoded.encode(parentKey)
                + "/"
                + relation.child().nestedPath();
    }

    Answer child(String parentKey, Relation relation, String segment, AdminCall call) {
        ObjectNode parent = parentAt(parentKey, relation, call);
        EntityKind kind = relation.child();
        EntityKey key = childKey(segment, relation, parent);
        if (call.method().equals("PUT") && !drafts.rules(kind).putMergesBelowParent()) {
            // Also of a child of another parent, which then belongs to this one.
            return Answer.ok(shown(kind, writer.put(key, call, link(relation, parent))));
        }
        ObjectNode child = childAt(parent, relation, segment);
        return switch (call.method()) {
            // The body may give the child to another parent.
            case "PATCH", "PUT" -> Answer.ok(shown(kind, writer.patch(key, call, Json.object())));
            case "DELETE" -> {
                writer.delete(key, call);
                yield Answer.NO_CONTENT;
            }
            default -> Answer.ok(shown(kind, child));
        };
    }

    /// The child that a URL names below a parent.
    ObjectNode childAt(ObjectNode parent, Relation relation, String segment) {
        ObjectNode child = find(childKey(segment, relation, parent));
        if (child == null || !belongs(child, relation, parent)) {
            throw Problems.notFound();
        }
        return child;
    }

    /// The parent that a URL names.
    ObjectNode parentAt(String key, Relation relation, AdminCall call) {
        return existing(address(relation.parent(), key, call).key(), Problems.notFound());
    }

    Answer parent(String childKey, Relation relation, AdminCall call) {
        EntityKey key = address(relation.child(), childKey, call).key();
        String parentId =
                existing(key, Problems.notFound()).path(relation.field()).path("id").textValue();
        EntityKind kind = relation.parent();
        if (parentId == null) {
            if (call.method().equals("PUT")) {
                return Answer.ok(shown(kind, writer.createParent(key, relation, call)));
            }
            throw Problems.notFound();
        }
        if (call.method().equals("DELETE")) {
            throw Problems.methodNotAllowed();
        }
        return item(kind, parentId, call);
    }

    private EntityRules.Addressed address(EntityKind kind, String segment, AdminCall call) {
        return drafts.rules(kind).address(kind, segment, call, store.snapshot());
    }

    private EntityKey childKey(String segment, Relation relation, ObjectNode parent) {
        EntityKind kind = relation.child();
        String field = drafts.rules(kind).keyBelowParent();
        return field == null
                ? EntityKey.parse(kind, segment)
                : EntityKey.parse(
                        kind,
                        field,
                        drafts.rules(kind).keyAsStored(segment),
                        new EntityKey.Below(relation.field(), parent.path("id").textValue()));
    }

    private static ObjectNode link(Relation relation, ObjectNode parent) {
        ObjectNode fixed = Json.object();
        fixed.putObject(relation.field()).set("id", parent.get("id"));
        return fixed;
    }

    private static boolean belongs(ObjectNode child, Relation relation, ObjectNode parent) {
        return child.path(relation.field()).path("id").equals(parent.path("id"));
    }

    private @Nullable ObjectNode find(EntityKey key) {
        ObjectNode entity = key.find(store.snapshot());
        return entity == null || drafts.isOver(key.kind(), entity) ? null : entity;
    }

    private ObjectNode existing(EntityKey key, ProblemException otherwise) {
        ObjectNode entity = find(key);
        if (entity == null) {
            throw otherwise;
        }
        return entity;
    }

    private Stream<ObjectNode> visible(EntityKind kind, Collection<ObjectNode> entities) {
        return entities.stream()
                .filter(entity -> !drafts.isOver(kind, entity))
                .map(entity -> visible(kind, entity));
    }

    private Answer.Entity shown(EntityKind kind, ObjectNode entity) {
        return new Answer.Entity(visible(kind, entity), Precondition.tag(entity));
    }

    private ObjectNode visible(EntityKind kind, ObjectNode entity) {
        return drafts.rules(kind).shown(entity, store.snapshot(), drafts.instant());
    }
}
