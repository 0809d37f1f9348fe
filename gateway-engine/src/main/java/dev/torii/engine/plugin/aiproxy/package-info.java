/// `ai-proxy`: makes an LLM call of a client's request, with the key, the model and the options
/// held in the gateway.
@NullMarked
package dev.torii.engine.plugin.aiproxy;

import org.jspecify.annotations.NullMarked;
