/// The schema language of entities and plugin configurations, in the shape that Kong's `/schemas`
/// serves, with its validator. One schema has two faces: the Admin API checks with it, the desktop
/// builds forms from it.
@NullMarked
package dev.torii.model.schema;

import org.jspecify.annotations.NullMarked;
