/// Server-sent events, read from bytes and written to bytes.
@NullMarked
package dev.torii.engine.sse;

import org.jspecify.annotations.NullMarked;
