/// The desktop app's entry point and its composition root, where every collaborator is made and
/// handed on.
@NullMarked
package dev.torii.desktop;

import org.jspecify.annotations.NullMarked;
