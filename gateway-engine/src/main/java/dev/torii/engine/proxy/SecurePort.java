package dev.torii.engine.proxy;

import dev.torii.engine.tls.ServerTls;

/// The port where clients speak TLS.
///
/// @param port 0 for any free one
public record SecurePort(int port, ServerTls tls) {}
