/// OpenAI's Responses.
@NullMarked
package dev.torii.engine.dialect.responses;

import org.jspecify.annotations.NullMarked;
