/// What a plugin is, and the chain that runs them. One folder below for each plugin.
@NullMarked
package dev.torii.engine.plugin;

import org.jspecify.annotations.NullMarked;
