/// The `prometheus` plugin: counts requests, bytes, times and tokens for `/metrics`.
@NullMarked
package dev.torii.engine.plugin.prometheus;

import org.jspecify.annotations.NullMarked;
