/// Ollama's own API: chats, and completions with its templates.
@NullMarked
package dev.torii.engine.dialect.ollama;

import org.jspecify.annotations.NullMarked;
