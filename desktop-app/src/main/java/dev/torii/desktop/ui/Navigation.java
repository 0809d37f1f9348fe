package dev.torii.desktop.ui;

import java.util.ArrayDeque;
import java.util.Deque;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Where the window is, and the way back.
public final class Navigation {

    private final ReadOnlyObjectWrapper<Location> location =
            new ReadOnlyObjectWrapper<>(new Location.Overview());
    private final ReadOnlyBooleanWrapper canGoBack = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canGoForward = new ReadOnlyBooleanWrapper();
    private final Deque<Location> behind = new ArrayDeque<>();
    private final Deque<Location> ahead = new ArrayDeque<>();

    public ReadOnlyObjectProperty<Location> location() {
        return location.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoBack() {
        return canGoBack.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canGoForward() {
        return canGoForward.getReadOnlyProperty();
    }

    /// Goes to a place and remembers the one left; to be where one already is changes nothing.
    public void go(Location target) {
        if (target.equals(location.get())) {
            return;
        }
        behind.push(location.get());
        ahead.clear();
        move(target);
    }

    /// Goes to a place instead of the one shown: back then leads past it, as after a form is saved.
    public void replace(Location target) {
        move(target);
    }

    public void back() {
        if (!behind.isEmpty()) {
            ahead.push(location.get());
            move(behind.pop());
        }
    }

    public void forward() {
        if (!ahead.isEmpty()) {
            behind.push(location.get());
            move(ahead.pop());
        }
    }

    private void move(Location target) {
        canGoBack.set(!behind.isEmpty());
        canGoForward.set(!ahead.isEmpty());
        location.set(target);
    }
}
