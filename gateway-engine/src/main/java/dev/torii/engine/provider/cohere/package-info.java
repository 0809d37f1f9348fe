/// Cohere.
@NullMarked
package dev.torii.engine.provider.cohere;

import org.jspecify.annotations.NullMarked;
