/// What an engine is started with, and where that is said: an option, a variable or a file. A value
/// that cannot be used is refused with a sentence.
@NullMarked
package dev.torii.engine.settings;

import org.jspecify.annotations.NullMarked;
