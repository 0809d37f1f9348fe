/// The road of a request: the proxy servlet, the call upstream, and the answer's way back. Alone in
/// using Jetty's proxy.
@NullMarked
package dev.torii.engine.proxy;

import org.jspecify.annotations.NullMarked;
