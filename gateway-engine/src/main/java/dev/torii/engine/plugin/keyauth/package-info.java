/// The `key-auth` plugin: who sends a known key is that key's consumer, and nobody else comes in.
/// Keys are looked up through the exchange; nothing here keeps or writes one.
@NullMarked
package dev.torii.engine.plugin.keyauth;

import org.jspecify.annotations.NullMarked;
