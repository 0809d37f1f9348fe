package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.AdminProblem;
import dev.torii.desktop.client.UsageQuery;
import dev.torii.desktop.client.UsageQuery.Bucket;
import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.form.References;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.ui.EngineStatus;
import dev.torii.model.api.UsageRow;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.Schema;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The one place that reads entities for all entity screens, and reads them anew whenever the
/// configuration changes.
public final class InventoryModel implements References {

    private static final Duration DAY = Duration.ofHours(24);

    private final AdminClient client;
    private final Tasks tasks;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Inventory> inventory =
            new ReadOnlyObjectWrapper<>(Inventory.EMPTY);
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Exception> problem =
            new ReadOnlyObjectWrapper<>();
    private final EngineStatus status;
    private final Map<String, Schema> schemas = new HashMap<>();
    private Tasks.Cancellation reading = () -> {};

    public InventoryModel(
            AdminClient client, Tasks tasks, EngineStatus status, InstantSource clock) {
        this.client = client;
        this.tasks = tasks;
        this.clock = clock;
        this.status = status;
        status.revision().subscribe(this::reloadIfRunning);
        status.running().subscribe(this::reloadIfRunning);
        reloadIfRunning();
    }

    private void reloadIfRunning() {
        if (status.running().get()) {
            reload();
        }
    }

    ReadOnlyObjectProperty<Inventory> inventory() {
        return inventory.getReadOnlyProperty();
    }

    Inventory now() {
        return inventory.get();
    }

    /// Whether anything was read yet.
    ReadOnlyBooleanProperty loaded() {
        return loaded.getReadOnlyProperty();
    }

    /// Why the last reading failed; null when it did not.
    ReadOnlyObjectProperty<@Nullable Exception> problem() {
        return problem.getReadOnlyProperty();
    }

    void reload() {
        reading.cancel();
        reading =
                tasks.run(
                        this::read,
                        found -> {
                            problem.set(null);
                            inventory.set(found);
                            loaded.set(true);
                        },
                        problem::set);
    }

    private Inventory read() throws AdminProblem {
        return new Inventory(
                client.list(EntityKind.SERVICES),
                client.list(EntityKind.ROUTES),
                client.list(EntityKind.PLUGINS),
                client.list(EntityKind.CONSUMERS),
                client.pluginPriorities(),
                usage(GroupBy.SERVICE),
                usage(GroupBy.ROUTE));
    }

    /// Numbers of the last day are nice to have: without them the lists still work.
    private Map<String, UsageRow> usage(GroupBy by) {
        Instant now = clock.instant();
        try {
            Map<String, UsageRow> rows = new HashMap<>();
            for (UsageRow row :
                    client.usage(new UsageQuery(now.minus(DAY), now, Bucket.NONE, by)).data()) {
                String label = row.group().get(by.key());
                if (label != null) {
                    rows.put(label, row);
                }
            }
            return Map.copyOf(rows);
        } catch (AdminProblem e) {
            return Map.of();
        }
    }

    /// The schema of a kind, or of a plugin's whole entity.
    Schema schema(EntityKind kind, @Nullable String plugin) throws AdminProblem {
        String name = plugin == null ? kind.schemaName() : "plugin " + plugin;
        Schema known;
        synchronized (schemas) {
            known = schemas.get(name);
        }
        if (known != null) {
            return known;
        }
        Schema schema = Schema.parseLeniently(kind.schemaName(), client.schema(kind));
        if (plugin != null) {
            schema = schema.overlaidBy(Schema.parseLeniently(plugin, client.pluginSchema(plugin)));
        }
        synchronized (schemas) {
            schemas.put(name, schema);
        }
        return schema;
    }

    @Override
    public void list(String target, Consumer<List<Choice>> then) {
        EntityKind kind = EntityKind.ofSchemaName(target).orElse(null);
        if (kind == null) {
            then.accept(List.of());
            return;
        }
        then.accept(choices(kind));
        if (!loaded.get()) {
            loaded.subscribe(() -> then.accept(choices(kind)));
        }
    }

    private List<Choice> choices(EntityKind kind) {
        Inventory all = now();
        return all.all(kind).stream()
                .map(entity ->
                        new Choice(
                                Entities.id(entity),
                                Entities.label(kind, entity),
                                detail(all, kind, entity)))
                .toList();
    }

    private static String detail(Inventory all, EntityKind kind, ObjectNode entity) {
        return switch (kind) {
            case SERVICES -> Entities.upstream(all, entity);
            case ROUTES -> Entities.match(entity, "").strip();
            default -> "";
        };
    }
}
