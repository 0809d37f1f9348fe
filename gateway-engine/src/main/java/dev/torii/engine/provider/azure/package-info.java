/// OpenAI's models at Azure.
@NullMarked
package dev.torii.engine.provider.azure;

import org.jspecify.annotations.NullMarked;
