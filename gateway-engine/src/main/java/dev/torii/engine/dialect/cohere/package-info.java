/// Cohere's Chat, version 2.
@NullMarked
package dev.torii.engine.dialect.cohere;

import org.jspecify.annotations.NullMarked;
