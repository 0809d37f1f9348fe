package dev.torii.engine.admin;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Where this engine listens.
///
/// @param nodeId a UUID, the same as long as the engine runs
/// @param proxyTls null where clients cannot speak TLS
public record NodeInfo(
        String nodeId,
        InetSocketAddress proxy,
        @Nullable InetSocketAddress proxyTls,
        InetSocketAddress admin,
        InetSocketAddress status) {}
