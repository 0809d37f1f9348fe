package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.ui.Formats;
import dev.torii.desktop.ui.Messages;
import dev.torii.model.api.UsageRow;
import dev.torii.model.config.EntityKind;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the lists show of each kind of entity.
final class Kinds {

    /// How a cell looks.
    enum Look {
        NAME,
        TEXT,
        MONO,
        NUMBER,
        ERRORS,
        SWITCH
    }

    /// @param titleKey the heading's words
    /// @param roomy shown only where the list has the page for itself
    record Column(String titleKey, double width, Look look, boolean roomy, Reader reader) {}

    /// What a cell says.
    @FunctionalInterface
    interface Reader {

        String read(Inventory inventory, ObjectNode entity);
    }

    private Kinds() {}

    /// The section of the bundle that speaks of this kind.
    static String words(EntityKind kind) {
        return switch (kind) {
            case SERVICES -> "services";
            case ROUTES -> "routes";
            case PLUGINS -> "plugins";
            default -> throw new IllegalArgumentException("no screen shows " + kind.path());
        };
    }

    static String icon(EntityKind kind) {
        return switch (kind) {
            case SERVICES -> "fth-server";
            case ROUTES -> "fth-git-branch";
            case PLUGINS -> "fth-layers";
            default -> "fth-users";
        };
    }

    /// Routes have no switch of their own.
    static boolean canBeDisabled(EntityKind kind) {
        return kind == EntityKind.SERVICES || kind == EntityKind.PLUGINS;
    }

    static List<Column> columns(EntityKind kind, Messages messages) {
        return switch (kind) {
            case SERVICES -> services();
            case ROUTES -> routes(messages);
            case PLUGINS -> plugins(messages);
            default -> List.of();
        };
    }

    private static List<Column> services() {
        EntityKind kind = EntityKind.SERVICES;
        return List.of(
                name(kind),
                text("entity.upstream", 170, Look.TEXT, Entities::upstream),
                number("entity.requests24h", 76, (all, each) -> requests(all.usage(kind, each))),
                roomy(
                        number(
                                "entity.routes",
                                58,
                                (all, each) -> Formats.count(all.routesOf(each).size()))),
                roomy(
                        number(
                                "entity.plugins",
                                80,
                                (all, each) -> Formats.count(all.pluginsOn(kind, each).size()))),
                roomy(number("entity.p95", 72, (all, each) -> p95(all.usage(kind, each)))),
                roomy(
                        new Column(
                                "entity.errors",
                                66,
                                Look.ERRORS,
                                true,
                                (all, each) -> errors(all.usage(kind, each)))),
                roomy(number("entity.cost", 68, (all, each) -> cost(all.usage(kind, each)))),
                toggle());
    }

    private static List<Column> routes(Messages messages) {
        EntityKind kind = EntityKind.ROUTES;
        return List.of(
                name(kind),
                text(
                        "entity.match",
                        180,
                        Look.MONO,
                        (_, each) -> Entities.match(each, messages.get("entity.anyMethod"))),
                text("entity.service", 120, Look.TEXT, Entities::scope),
                roomy(
                        text(
                                "entity.stripPath",
                                90,
                                Look.TEXT,
                                (_, each) ->
                                        messages.get(
                                                each.path("strip_path").asBoolean(true)
                                                        ? "entity.yes"
                                                        : "entity.no"))),
                number("entity.requests24h", 76, (all, each) -> requests(all.usage(kind, each))),
                roomy(number("entity.p95", 72, (all, each) -> p95(all.usage(kind, each)))));
    }

    private static List<Column> plugins(Messages messages) {
        return List.of(
                name(EntityKind.PLUGINS),
                text(
                        "entity.scope",
                        170,
                        Look.TEXT,
                        (all, each) -> {
                            String scope = Entities.scope(all, each);
                            return scope.isEmpty() ? messages.get("entity.global") : scope;
                        }),
                number(
                        "entity.priority",
                        82,
                        (all, each) -> Integer.toString(all.priority(each.path("name").asText()))),
                toggle());
    }

    private static Column name(EntityKind kind) {
        return text("entity.name", 156, Look.NAME, (_, each) -> Entities.label(kind, each));
    }

    private static Column text(String title, double width, Look look, Reader reader) {
        return new Column(title, width, look, false, reader);
    }

    private static Column number(String title, double width, Reader reader) {
        return new Column(title, width, Look.NUMBER, false, reader);
    }

    private static Column roomy(Column column) {
        return new Column(column.titleKey(), column.width(), column.look(), true, column.reader());
    }

    private static Column toggle() {
        return new Column("entity.on", 60, Look.SWITCH, false, (_, _) -> "");
    }

    static String requests(@Nullable UsageRow row) {
        return Formats.count(row == null ? 0 : row.requests());
    }

    static String errors(@Nullable UsageRow row) {
        return row == null || row.requests() == 0
                ? Formats.NONE
                : Formats.percent((double) row.errors() / row.requests()) + " %";
    }

    static String p95(@Nullable UsageRow row) {
        Long millis = row == null ? null : row.latencyMs().p95();
        return millis == null ? Formats.NONE : Formats.latency(millis);
    }

    static String firstToken(@Nullable UsageRow row) {
        Long millis = row == null ? null : row.ttftMs().p50();
        return millis == null ? Formats.NONE : Formats.latency(millis);
    }

    static String cost(@Nullable UsageRow row) {
        BigDecimal cost = row == null ? null : row.costUsd();
        return cost == null ? Formats.NONE : Formats.sum(cost);
    }
}
