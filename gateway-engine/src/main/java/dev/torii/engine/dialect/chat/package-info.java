/// OpenAI's Chat Completions.
@NullMarked
package dev.torii.engine.dialect.chat;

import org.jspecify.annotations.NullMarked;
