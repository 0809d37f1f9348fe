package dev.torii.desktop.form;

import java.util.HashSet;
import java.util.Set;

/// What the user has opened in a form. It outlives the form's view, so that another view of the
/// same form, such as the one in another language, shows it open.
public final class Unfolded {

    private final Set<FieldPath> open = new HashSet<>();

    boolean holds(FieldPath path) {
        return open.contains(path);
    }

    void set(FieldPath path, boolean wanted) {
        if (wanted) {
            open.add(path);
        } else {
            open.remove(path);
        }
    }

    /// Closes all that is below.
    void closeWithin(FieldPath path) {
        open.removeIf(each -> each.startsWith(path));
    }
}
