/// The composition root: collaborators are wired here and only here.
@NullMarked
package dev.torii.engine;

import org.jspecify.annotations.NullMarked;
