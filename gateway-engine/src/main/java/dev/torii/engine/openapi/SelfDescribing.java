package dev.torii.engine.openapi;

/// What answers on the admin port and can say what it answers. Whatever is mapped there and is
/// self-describing is in the document, without being named anywhere else.
@FunctionalInterface
public interface SelfDescribing {

    /// Adds the operations, with the schemas that they speak in.
    void describe(ApiDocument api);
}
