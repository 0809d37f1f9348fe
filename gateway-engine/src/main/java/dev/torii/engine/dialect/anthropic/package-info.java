/// Anthropic's Messages.
@NullMarked
package dev.torii.engine.dialect.anthropic;

import org.jspecify.annotations.NullMarked;
