/// Vendors and servers that speak OpenAI's Chat Completions, each at its own address.
@NullMarked
package dev.torii.engine.provider.compatible;

import org.jspecify.annotations.NullMarked;
