package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.AdminProblem;
import dev.torii.desktop.form.Debounce;
import dev.torii.desktop.form.FormModel;
import dev.torii.desktop.form.Problem;
import dev.torii.desktop.form.Shorthand;
import dev.torii.desktop.form.UrlShorthand;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.config.EntityKind;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.SchemaValidator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// Creating or editing one entity: reads it and its schema, stores it, and notices when somebody
/// else changed it meanwhile.
final class FormPageModel {

    private static final int CONFLICT = 409;

    private final EntityKind kind;
    private final @Nullable String key;
    private final AdminClient client;
    private final Tasks tasks;
    private final InventoryModel inventory;
    private final Debounce debounce;
    private final ReadOnlyObjectWrapper<@Nullable FormModel> form = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper saving = new ReadOnlyBooleanWrapper();
    private @Nullable Schema schema;
    private @Nullable ObjectNode base;
    private @Nullable ObjectNode theirs;

    /// What stands over the form.
    ///
    /// @param detail what the engine said, which can be copied to tell others; empty where it said
    ///   nothing
    record Trouble(Sort sort, String detail) {

        enum Sort {
            NOT_READ("entity.notRead"),
            NOT_SAVED("entity.notSaved"),
            CHANGED_ELSEWHERE("entity.changedElsewhere"),
            GONE("entity.gone");

            private final String key;

            Sort(String key) {
                this.key = key;
            }
        }

        Trouble(Sort sort) {
            this(sort, "");
        }

        static Trouble of(Sort sort, Exception problem) {
            return new Trouble(
                    sort,
                    problem instanceof AdminProblem told ? String.valueOf(told.getMessage()) : "");
        }

        String text(Messages messages) {
            return messages.get(
                    sort.key, detail.isEmpty() ? messages.get("entity.failed") : detail);
        }
    }

    /// @param key the entity's id; null makes a new one
    FormPageModel(
            EntityKind kind,
            @Nullable String key,
            AdminClient client,
            Tasks tasks,
            InventoryModel inventory,
            Debounce debounce) {
        this.kind = kind;
        this.key = key;
        this.client = client;
        this.tasks = tasks;
        this.inventory = inventory;
        this.debounce = debounce;
        inventory.inventory().subscribe((_, now) -> compare(now));
    }

    boolean creating() {
        return key == null;
    }

    EntityKind kind() {
        return kind;
    }

    /// Null until it has been read.
    ReadOnlyObjectProperty<@Nullable FormModel> form() {
        return form.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Trouble>> trouble() {
        return trouble.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty saving() {
        return saving.getReadOnlyProperty();
    }

    boolean dirty() {
        FormModel model = form.get();
        return model != null && model.marks().dirty();
    }

    private record Read(Schema schema, ObjectNode entity) {}

    /// @param seed what a new one starts with
    /// @param plugin the plugin's name, where it is one
    void read(ObjectNode seed, @Nullable String plugin) {
        tasks.run(
                () -> {
                    ObjectNode entity = key == null ? seed : client.get(kind, key);
                    String name =
                            kind == EntityKind.PLUGINS
                                    ? plugin == null ? entity.path("name").asText() : plugin
                                    : null;
                    return new Read(inventory.schema(kind, name), entity);
                },
                read -> {
                    schema = read.schema();
                    base = read.entity();
                    trouble.set(Optional.empty());
                    form.set(
                            new FormModel(
                                    read.schema().root(),
                                    read.entity(),
                                    value -> SchemaValidator.validate(read.schema(), value),
                                    debounce,
                                    shorthands()));
                },
                problem -> trouble.set(Optional.of(Trouble.of(Trouble.Sort.NOT_READ, problem))));
    }

    private List<Shorthand> shorthands() {
        return kind == EntityKind.SERVICES ? List.of(new UrlShorthand()) : List.of();
    }

    /// Stores what was changed, unless something has to be put right first.
    ///
    /// @param then gets the entity as the engine has it now
    /// @param faulty runs instead when a field has to be put right
    void save(Consumer<ObjectNode> then, Runnable faulty) {
        FormModel model = form.get();
        if (model == null || saving.get()) {
            return;
        }
        if (!model.ready()) {
            faulty.run();
            return;
        }
        saving.set(true);
        trouble.set(Optional.empty());
        ObjectNode content = key == null ? model.document() : model.patch();
        tasks.run(
                () ->
                        key == null
                                ? client.create(kind, content)
                                : client.update(kind, key, content),
                stored -> {
                    saving.set(false);
                    settle(model, stored);
                    inventory.reload();
                    then.accept(stored);
                },
                problem -> {
                    saving.set(false);
                    refused(model, problem);
                    if (!model.marks().problems().isEmpty()) {
                        faulty.run();
                    }
                });
    }

    private void settle(FormModel model, ObjectNode stored) {
        base = stored;
        theirs = null;
        Schema known = schema;
        if (known != null) {
            model.stored(known.root(), stored);
        }
    }

    private void refused(FormModel model, Exception problem) {
        if (problem instanceof AdminProblem told) {
            model.refused(
                    told.violations(),
                    told.status() == CONFLICT ? Problem.Source.TAKEN : Problem.Source.ENGINE);
        }
        trouble.set(Optional.of(Trouble.of(Trouble.Sort.NOT_SAVED, problem)));
    }

    private void compare(Inventory now) {
        FormModel model = form.get();
        ObjectNode known = base;
        if (model == null || known == null || key == null || saving.get()) {
            return;
        }
        ObjectNode current = now.find(kind, key).orElse(null);
        if (current == null) {
            trouble.set(Optional.of(new Trouble(Trouble.Sort.GONE)));
        } else if (!current.equals(known)) {
            if (model.marks().dirty()) {
                theirs = current;
                trouble.set(Optional.of(new Trouble(Trouble.Sort.CHANGED_ELSEWHERE)));
            } else {
                settle(model, current);
            }
        }
    }

    /// What the other one stored becomes what the changes are counted from; they stay.
    void keepMine() {
        FormModel model = form.get();
        Schema known = schema;
        ObjectNode other = theirs;
        if (model != null && known != null && other != null) {
            base = other;
            model.rebase(known.root(), other);
        }
        trouble.set(Optional.empty());
    }

    void takeTheirs() {
        FormModel model = form.get();
        ObjectNode other = theirs;
        if (model != null && other != null) {
            settle(model, other);
        }
        trouble.set(Optional.empty());
    }

    /// The entity as it was read, for verbs that need all of it.
    @Nullable ObjectNode entity() {
        return base;
    }
}
