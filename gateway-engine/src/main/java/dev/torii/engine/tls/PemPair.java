package dev.torii.engine.tls;

import dev.torii.model.config.Secret;

/// A certificate, with the chain behind it, and its key, as they stand in the configuration.
record PemPair(String certificate, Secret key) {}
