/// The other ends of the gateway, for tests: an upstream that does what it is told.
@NullMarked
package dev.torii.engine.fake;

import org.jspecify.annotations.NullMarked;
