package dev.torii.engine.admin;

import java.net.InetSocketAddress;

/// Where this engine listens.
///
/// @param nodeId a UUID, the same as long as the engine runs
public record NodeInfo(
        String nodeId,
        InetSocketAddress proxy,
        InetSocketAddress admin,
        InetSocketAddress status) {}
