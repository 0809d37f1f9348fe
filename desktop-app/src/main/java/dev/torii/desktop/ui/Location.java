package dev.torii.desktop.ui;

import dev.torii.model.config.EntityKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A place in the app: a screen and what it shows. Back, forward and breadcrumbs all speak of
/// these.
public sealed interface Location {

    record Overview() implements Location {}

    /// The prompt lab.
    ///
    /// @param route the route to send prompts to; null leaves the last one
    record Lab(@Nullable String route) implements Location {}

    /// The list of a kind, and one of it opened.
    ///
    /// @param key the id of the opened one; null opens none
    /// @param label its name, for the breadcrumb; null where nothing is opened
    record Listing(EntityKind kind, @Nullable String key, @Nullable String label)
            implements Location {

        public static Listing of(EntityKind kind) {
            return new Listing(kind, null, null);
        }
    }

    /// The form of an entity that exists.
    ///
    /// @param parent the entity that it was opened from, and the breadcrumb leads back to
    record Editing(EntityKind kind, String key, String label, @Nullable Listing parent)
            implements Location {}

    /// The form of an entity that does not exist yet.
    ///
    /// @param plugin the plugin's name, for plugins; null otherwise, or until one is chosen
    /// @param parent what it will belong to, such as the service of a route
    record Creating(EntityKind kind, @Nullable String plugin, @Nullable Listing parent)
            implements Location {}

    /// The screen that shows this place.
    default Screen screen() {
        return switch (this) {
            case Overview _ -> Screen.OVERVIEW;
            case Lab _ -> Screen.LAB;
            case Listing listing -> Screen.of(listing.kind());
            case Editing editing ->
                    editing.parent() == null
                            ? Screen.of(editing.kind())
                            : Screen.of(editing.parent().kind());
            case Creating creating ->
                    creating.parent() == null
                            ? Screen.of(creating.kind())
                            : Screen.of(creating.parent().kind());
        };
    }

    /// The places above this one, outermost first, and this one last.
    default List<Location> trail() {
        return switch (this) {
            case Overview _, Lab _ -> List.of(this);
            case Listing listing ->
                    listing.key() == null
                            ? List.of(this)
                            : List.of(Listing.of(listing.kind()), this);
            case Editing editing -> below(editing.parent(), editing.kind());
            case Creating creating -> below(creating.parent(), creating.kind());
        };
    }

    private List<Location> below(@Nullable Listing parent, EntityKind kind) {
        return parent == null
                ? List.of(Listing.of(kind), this)
                : List.of(Listing.of(parent.kind()), parent, this);
    }

    /// The name of what is shown, where it has one of its own; else the screen's title serves.
    default Optional<String> ownName() {
        return switch (this) {
            case Overview _, Lab _ -> Optional.empty();
            case Listing listing -> Optional.ofNullable(listing.label());
            case Editing editing -> Optional.of(editing.label());
            case Creating creating -> Optional.ofNullable(creating.plugin());
        };
    }
}
