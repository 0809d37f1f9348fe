/// `torii demo`: the hands-on on a built-in model, without a key or a network. It is a client of
/// the running gateway like any other, and knows only its URLs.
@NullMarked
package dev.torii.engine.demo;

import org.jspecify.annotations.NullMarked;
