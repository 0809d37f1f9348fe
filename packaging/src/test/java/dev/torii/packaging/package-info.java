/// Smoke tests of the assembled folder: the engine as the process that a user starts.
@NullMarked
package dev.torii.packaging;

import org.jspecify.annotations.NullMarked;
