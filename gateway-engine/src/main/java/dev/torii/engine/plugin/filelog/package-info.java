/// The `file-log` plugin: one line of JSON for each request, at the end of a file.
@NullMarked
package dev.torii.engine.plugin.filelog;

import org.jspecify.annotations.NullMarked;
