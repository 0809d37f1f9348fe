/// Llama 2 on servers of one's own.
@NullMarked
package dev.torii.engine.provider.llama2;

import org.jspecify.annotations.NullMarked;
