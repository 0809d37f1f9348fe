/// Servers that go on from a text: Hugging Face's Text Generation Inference, and those like it.
@NullMarked
package dev.torii.engine.dialect.tgi;

import org.jspecify.annotations.NullMarked;
