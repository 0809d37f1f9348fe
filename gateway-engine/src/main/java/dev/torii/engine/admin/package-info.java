/// The admin port: the Admin API over the configuration, and Torii's own endpoints over what has
/// been recorded.
@NullMarked
package dev.torii.engine.admin;

import org.jspecify.annotations.NullMarked;
