/// `ai-prompt-guard`: lets prompts through, or not, by patterns. Fails closed: what it cannot read
/// it refuses.
@NullMarked
package dev.torii.engine.plugin.promptguard;

import org.jspecify.annotations.NullMarked;
