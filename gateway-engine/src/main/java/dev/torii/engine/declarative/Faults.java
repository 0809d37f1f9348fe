package dev.torii.engine.declarative;

import java.util.ArrayList;
import java.util.List;

/// Collects what is wrong, so that all of it can be said at once.
final class Faults {

    private final Located root;
    private final List<ConfigFault> faults = new ArrayList<>();

    Faults(Located root) {
        this.root = root;
    }

    void add(List<String> path, String message) {
        faults.add(ConfigFault.at(root, path, message));
    }

    void add(FileEntity entity, List<String> field, String message) {
        add(entity, field, message, entity.below(field));
    }

    /// @param kongPath where Kong shows it, when that is not the place in the document
    void add(FileEntity entity, List<String> field, String message, List<String> kongPath) {
        List<String> path = entity.below(field);
        Located place = root.nearest(path);
        faults.add(new ConfigFault(path, message, place.line(), place.column(), entity, kongPath));
    }

    void throwIfAny() throws BadConfigException {
        if (!faults.isEmpty()) {
            throw new BadConfigException(faults);
        }
    }
}
