package dev.torii.model.schema;

/// The named rules that a string field may follow.
public enum Format {
    UUID,
    PROTOCOL,
    HOST,
    PATH,
    URL,
    HTTP_METHOD,
    HEADER_NAME,
    UTF8_NAME,
    TAG,
    ROUTE_HOST,
    ROUTE_PATH,
    REGEX,
    FILE_NAME
}
