package dev.torii.desktop.ui;

import dev.torii.model.config.EntityKind;

/// The entries of the sidebar, in its order.
public enum Screen {
    OVERVIEW("overview", "fth-activity", Group.TOP),
    LAB("lab", "fth-message-square", Group.TOP),
    SERVICES("services", "fth-server", Group.GATEWAY),
    ROUTES("routes", "fth-git-branch", Group.GATEWAY),
    PLUGINS("plugins", "fth-layers", Group.POLICY);

    /// The headings that entries stand under; the first has none.
    public enum Group {
        TOP,
        GATEWAY,
        POLICY
    }

    private final String word;
    private final String icon;
    private final Group group;

    Screen(String word, String icon, Group group) {
        this.word = word;
        this.icon = icon;
        this.group = group;
    }

    /// The screen that lists a kind of entity.
    public static Screen of(EntityKind kind) {
        return switch (kind) {
            case SERVICES -> SERVICES;
            case ROUTES -> ROUTES;
            case PLUGINS -> PLUGINS;
            default -> throw new IllegalArgumentException("no screen lists " + kind.path());
        };
    }

    /// The place that the sidebar's entry leads to.
    public Location home() {
        return switch (this) {
            case OVERVIEW -> new Location.Overview();
            case LAB -> new Location.Lab(null);
            case SERVICES -> Location.Listing.of(EntityKind.SERVICES);
            case ROUTES -> Location.Listing.of(EntityKind.ROUTES);
            case PLUGINS -> Location.Listing.of(EntityKind.PLUGINS);
        };
    }

    /// The key of the title in the bundle.
    public String titleKey() {
        return "screen." + word;
    }

    /// The icon's code in the Feather pack.
    public String icon() {
        return icon;
    }

    public Group group() {
        return group;
    }
}
