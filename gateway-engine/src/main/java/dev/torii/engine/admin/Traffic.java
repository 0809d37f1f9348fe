package dev.torii.engine.admin;

/// What the proxy port has seen since the start.
///
/// @param accepted connections so far
/// @param active connections now
/// @param waiting of those, idle ones
/// @param requests so far
public record Traffic(long accepted, long active, long waiting, long requests) {}
