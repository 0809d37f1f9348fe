/// How the app reaches the engine: the Admin API, its event stream, the proxy port for prompts, and
/// the engine's process. Free of JavaFX.
@NullMarked
package dev.torii.desktop.client;

import org.jspecify.annotations.NullMarked;
