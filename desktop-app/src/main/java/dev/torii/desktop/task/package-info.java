/// Work off the user-interface thread, with its results back on it.
@NullMarked
package dev.torii.desktop.task;

import org.jspecify.annotations.NullMarked;
