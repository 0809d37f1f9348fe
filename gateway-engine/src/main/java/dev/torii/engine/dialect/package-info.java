/// What clients and providers say to each other. A dialect reads its own words into the canonical
/// model and writes its own from it; none knows another. One folder below for each.
@NullMarked
package dev.torii.engine.dialect;

import org.jspecify.annotations.NullMarked;
