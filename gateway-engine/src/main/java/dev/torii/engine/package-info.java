/// The program, which hands its arguments to the command line.
@NullMarked
package dev.torii.engine;

import org.jspecify.annotations.NullMarked;
