package dev.torii.model.llm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;

/// Fields that the canonical model does not know, as they came. They are written again only where
/// the dialect is the same, so that nothing of one vendor leaks to another.
///
/// @param dialect whose fields they are
/// @param fields not to be changed
/// @param kept what the same dialect wants to see again when it writes the answer; never sent
public record Extra(String dialect, ObjectNode fields, ObjectNode kept) {

    public static final Extra NONE = new Extra("", Json.object());

    public Extra(String dialect, ObjectNode fields) {
        this(dialect, fields, Json.object());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    /// Puts the fields where they belong, if they belong there.
    public void writeTo(ObjectNode object, String targetDialect) {
        if (dialect.equals(targetDialect)) {
            fields.properties().forEach(field -> object.set(field.getKey(), field.getValue()));
        }
    }
}
