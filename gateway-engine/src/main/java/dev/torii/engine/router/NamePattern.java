package dev.torii.engine.router;

/// A host's name, or one with a wildcard as first or last label.
///
/// @param prefix what a name begins with; all of it when exact
/// @param suffix what it ends with
record NamePattern(String prefix, String suffix, boolean exact) {

    static NamePattern of(String name) {
        if (name.startsWith("*")) {
            return new NamePattern("", name.substring(1), false);
        }
        if (name.endsWith("*")) {
            return new NamePattern(name.substring(0, name.length() - 1), "", false);
        }
        return new NamePattern(name, "", true);
    }

    boolean matches(String name) {
        return exact
                ? name.equals(prefix)
                : name.length() > prefix.length() + suffix.length()
                        && name.startsWith(prefix)
                        && name.endsWith(suffix);
    }
}
