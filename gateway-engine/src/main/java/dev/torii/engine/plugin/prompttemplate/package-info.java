/// `ai-prompt-template`: lets clients send a template's name and its parameters in place of a
/// prompt.
@NullMarked
package dev.torii.engine.plugin.prompttemplate;

import org.jspecify.annotations.NullMarked;
