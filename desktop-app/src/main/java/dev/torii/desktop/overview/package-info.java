/// The first screen: what flows through the gateway now, how fast, and what it costs.
@NullMarked
package dev.torii.desktop.overview;

import org.jspecify.annotations.NullMarked;
