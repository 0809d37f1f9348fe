/// What is said to and by a language model: requests, token usage, prices.
@NullMarked
package dev.torii.model.llm;

import org.jspecify.annotations.NullMarked;
