/// OpenAI's Completions, the older form with a prompt in place of messages.
@NullMarked
package dev.torii.engine.dialect.completions;

import org.jspecify.annotations.NullMarked;
