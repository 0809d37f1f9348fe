/// Google's Gemini API.
@NullMarked
package dev.torii.engine.dialect.gemini;

import org.jspecify.annotations.NullMarked;
