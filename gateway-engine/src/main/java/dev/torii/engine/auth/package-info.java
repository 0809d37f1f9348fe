/// Who is asking: consumers and their keys, compiled for look-ups on the request path.
@NullMarked
package dev.torii.engine.auth;

import org.jspecify.annotations.NullMarked;
