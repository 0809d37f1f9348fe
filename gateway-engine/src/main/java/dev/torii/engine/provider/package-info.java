/// What an LLM provider is: its endpoint and its codec. One folder below for each provider.
@NullMarked
package dev.torii.engine.provider;

import org.jspecify.annotations.NullMarked;
