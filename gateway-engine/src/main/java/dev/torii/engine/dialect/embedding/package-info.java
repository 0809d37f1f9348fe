/// Embeddings, as OpenAI's clients ask for them and as each provider is asked.
@NullMarked
package dev.torii.engine.dialect.embedding;

import org.jspecify.annotations.NullMarked;
