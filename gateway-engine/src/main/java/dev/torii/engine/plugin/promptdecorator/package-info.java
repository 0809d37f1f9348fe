/// `ai-prompt-decorator`: puts messages before and after those of the client, which never sees
/// them.
@NullMarked
package dev.torii.engine.plugin.promptdecorator;

import org.jspecify.annotations.NullMarked;
