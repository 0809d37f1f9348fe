/// The command line: a class for each command, and what commands have in common. `ToriiCommand` is
/// the whole of it; nobody else but the program uses it.
@NullMarked
package dev.torii.engine.command;

import org.jspecify.annotations.NullMarked;
