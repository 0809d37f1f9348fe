/// Hugging Face.
@NullMarked
package dev.torii.engine.provider.huggingface;

import org.jspecify.annotations.NullMarked;
