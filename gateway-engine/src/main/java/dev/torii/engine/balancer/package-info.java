/// How upstreams spread their load: which target an attempt goes to, which targets are healthy, and
/// the probes and look-ups behind that. Nothing that a request calls here locks or waits.
@NullMarked
package dev.torii.engine.balancer;

import org.jspecify.annotations.NullMarked;
