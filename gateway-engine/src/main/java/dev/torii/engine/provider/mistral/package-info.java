/// Mistral.
@NullMarked
package dev.torii.engine.provider.mistral;

import org.jspecify.annotations.NullMarked;
