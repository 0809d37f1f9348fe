/// A running engine: `Gateway` is the composition root, and the one place where the other packages
/// are wired.
@NullMarked
package dev.torii.engine.gateway;

import org.jspecify.annotations.NullMarked;
