/// OpenAI, and every server that speaks its Chat Completions dialect.
@NullMarked
package dev.torii.engine.provider.openai;

import org.jspecify.annotations.NullMarked;
