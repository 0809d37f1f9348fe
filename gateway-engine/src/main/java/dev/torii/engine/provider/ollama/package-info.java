/// Ollama, by its own API.
@NullMarked
package dev.torii.engine.provider.ollama;

import org.jspecify.annotations.NullMarked;
