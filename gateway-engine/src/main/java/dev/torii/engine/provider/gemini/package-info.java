/// Google's Gemini, at AI Studio or on Vertex AI.
@NullMarked
package dev.torii.engine.provider.gemini;

import org.jspecify.annotations.NullMarked;
