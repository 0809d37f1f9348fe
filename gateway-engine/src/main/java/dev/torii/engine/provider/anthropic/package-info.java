/// Anthropic.
@NullMarked
package dev.torii.engine.provider.anthropic;

import org.jspecify.annotations.NullMarked;
