package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.AdminProblem;
import dev.torii.desktop.task.Tasks;
import dev.torii.desktop.ui.DialogService;
import dev.torii.desktop.ui.DialogService.Consequence;
import dev.torii.desktop.ui.DialogService.Question;
import dev.torii.desktop.ui.DialogService.Toast;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.api.UsageRow;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What can be done to an entity from a list or its detail: switch on and off, and delete. Both can
/// be taken back.
final class Verbs {

    private final AdminClient client;
    private final Tasks tasks;
    private final DialogService dialogs;
    private final Messages messages;
    private final InventoryModel inventory;

    Verbs(
            AdminClient client,
            Tasks tasks,
            DialogService dialogs,
            Messages messages,
            InventoryModel inventory) {
        this.client = client;
        this.tasks = tasks;
        this.dialogs = dialogs;
        this.messages = messages;
        this.inventory = inventory;
    }

    private record Gone(EntityKind kind, ObjectNode entity) {}

    void enable(EntityKind kind, ObjectNode entity, boolean on) {
        String name = Entities.label(kind, entity);
        tasks.run(
                () -> client.update(kind, Entities.id(entity), Json.object().put("enabled", on)),
                _ -> {
                    inventory.reload();
                    dialogs.toast(
                            new Toast(
                                    messages.get(on ? "entity.enabled" : "entity.disabled", name),
                                    "",
                                    new Toast.Undo(
                                            messages.get("entity.undo"),
                                            () -> enable(kind, entity, !on))));
                },
                this::failed);
    }

    /// Asks first, and tells what goes with it.
    ///
    /// @param then runs once it is gone
    void delete(EntityKind kind, ObjectNode entity, Runnable then) {
        Inventory all = inventory.now();
        List<Gone> gone = withIt(all, kind, entity);
        String name = Entities.label(kind, entity);
        String word = Kinds.words(kind);
        dialogs.confirm(() ->
                new Question(
                        messages.get(word + ".deleteTitle", name),
                        List.of(effect(all, kind, entity)),
                        consequences(kind, gone),
                        messages.get("entity.canUndo"),
                        messages.get(word + ".keep"),
                        messages.get(word + ".delete"),
                        true,
                        () -> deleteNow(kind, entity, gone, then)));
    }

    private String effect(Inventory all, EntityKind kind, ObjectNode entity) {
        UsageRow usage = all.usage(kind, entity);
        if (usage != null && usage.requests() > 0) {
            return messages.get("entity.deleteEffect", Formats.count(usage.requests()));
        }
        return messages.get(Kinds.words(kind) + ".deleteQuiet");
    }

    private List<Consequence> consequences(EntityKind kind, List<Gone> gone) {
        var boxes = new ArrayList<Consequence>();
        var lines = new ArrayList<Consequence.Line>();
        for (EntityKind each : List.of(EntityKind.ROUTES, EntityKind.PLUGINS)) {
            var names =
                    gone.stream()
                            .filter(one -> one.kind() == each)
                            .map(one -> Entities.label(each, one.entity()))
                            .toList();
            if (!names.isEmpty()) {
                lines.add(
                        new Consequence.Line(
                                Kinds.icon(each),
                                messages.get(
                                        Kinds.words(each) + (names.size() == 1 ? ".one" : ".many"),
                                        Formats.count(names.size())),
                                String.join(", ", names)));
            }
        }
        if (!lines.isEmpty()) {
            boxes.add(new Consequence(messages.get("entity.deletedWithIt"), lines));
        }
        if (kind != EntityKind.PLUGINS) {
            boxes.add(
                    new Consequence(
                            messages.get("entity.kept"),
                            List.of(
                                    new Consequence.Line(
                                            "fth-activity",
                                            messages.get("entity.keptHistory"),
                                            ""))));
        }
        return boxes;
    }

    /// What has to go before or goes with an entity: the engine refuses to delete a service that
    /// has routes, and drops the plugins set on what it deletes.
    private static List<Gone> withIt(Inventory all, EntityKind kind, ObjectNode entity) {
        var gone = new ArrayList<Gone>();
        if (kind == EntityKind.SERVICES) {
            for (ObjectNode route : all.routesOf(entity)) {
                gone.add(new Gone(EntityKind.ROUTES, route));
                plugins(all, EntityKind.ROUTES, route, gone);
            }
        }
        if (kind == EntityKind.SERVICES || kind == EntityKind.ROUTES) {
            plugins(all, kind, entity, gone);
        }
        return gone.stream().distinct().collect(Collectors.toList());
    }

    private static void plugins(
            Inventory all, EntityKind kind, ObjectNode entity, List<Gone> into) {
        all.pluginsOn(kind, entity)
                .forEach(plugin -> into.add(new Gone(EntityKind.PLUGINS, plugin)));
    }

    private void deleteNow(EntityKind kind, ObjectNode entity, List<Gone> gone, Runnable then) {
        tasks.run(
                () -> {
                    for (Gone one : gone) {
                        if (one.kind() == EntityKind.ROUTES) {
                            client.delete(one.kind(), Entities.id(one.entity()));
                        }
                    }
                    client.delete(kind, Entities.id(entity));
                    return entity;
                },
                _ -> {
                    then.run();
                    inventory.reload();
                    dialogs.toast(
                            new Toast(
                                    messages.get("entity.deleted", Entities.label(kind, entity)),
                                    "",
                                    new Toast.Undo(
                                            messages.get("entity.undo"),
                                            () -> bringBack(kind, entity, gone))));
                },
                this::failed);
    }

    /// Makes everything anew under the same ids.
    private void bringBack(EntityKind kind, ObjectNode entity, List<Gone> gone) {
        tasks.run(
                () -> {
                    client.replace(kind, Entities.id(entity), withoutTimes(entity));
                    for (Gone one : gone) {
                        client.replace(
                                one.kind(), Entities.id(one.entity()), withoutTimes(one.entity()));
                    }
                    return entity;
                },
                _ -> {
                    inventory.reload();
                    dialogs.toast(
                            new Toast(
                                    messages.get("entity.undone", Entities.label(kind, entity)),
                                    ""));
                },
                this::failed);
    }

    private static ObjectNode withoutTimes(ObjectNode entity) {
        return entity.deepCopy().without(List.of("created_at", "updated_at"));
    }

    /// The list shows what the engine has, whatever was clicked, and the reason stays until read.
    private void failed(Exception problem) {
        inventory.reload();
        dialogs.confirm(() ->
                new Question(
                        messages.get("entity.failed"),
                        List.of(reason(problem)),
                        messages.get("dialog.close"),
                        messages.get("entity.reload"),
                        false,
                        inventory::reload));
    }

    String reason(Exception problem) {
        return problem instanceof AdminProblem told
                ? String.valueOf(told.getMessage())
                : messages.get("entity.failed");
    }
}
