/// Which route a request belongs to, and the path it gets upstream. Facts: Kong's router flavor
/// `traditional_compatible`.
@NullMarked
package dev.torii.engine.router;

import org.jspecify.annotations.NullMarked;
