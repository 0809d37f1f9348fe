/// What the engine's events add up to: the last minutes by second, the rates of this moment, the
/// cost of today. Events come from one thread into a bounded buffer; a tick takes them out.
@NullMarked
package dev.torii.desktop.live;

import org.jspecify.annotations.NullMarked;
