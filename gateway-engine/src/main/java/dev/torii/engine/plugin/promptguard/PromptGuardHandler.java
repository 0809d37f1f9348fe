package dev.torii.engine.plugin.promptguard;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginHandler;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Refuses prompts that a deny pattern is found in, or none of the allow patterns. The client
/// learns only that it was refused; why stands in the log, without the prompt.
final class PromptGuardHandler implements PluginHandler {

    private static final Logger log = LoggerFactory.getLogger(PromptGuardHandler.class);

    private final List<GuardPattern> allow;
    private final List<GuardPattern> deny;
    private final PromptText text;
    private final long maxBodySize;

    PromptGuardHandler(PromptGuardConfig config) {
        allow = compiled(config.allowPatterns());
        deny = compiled(config.denyPatterns());
        text = new PromptText(config.matchAllRoles(), config.allowAllConversationHistory());
        maxBodySize = config.maxRequestBodySize();
    }

    private static List<GuardPattern> compiled(@Nullable List<String> patterns) {
        return patterns == null ? List.of() : patterns.stream().map(GuardPattern::of).toList();
    }

    @Override
    public boolean needsBody() {
        return true;
    }

    @Override
    public long maxBodySize() {
        return maxBodySize;
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        Optional<String> prompt = text.of(exchange.clientCall(), exchange.body());
        String objection = prompt.isPresent() ? objection(prompt.get()) : "the prompt is not text";
        if (objection == null) {
            return Decision.proceed();
        }
        log.atInfo()
                .addKeyValue("exchange", exchange.id())
                .addKeyValue("plugin", "ai-prompt-guard")
                .addKeyValue("reason", objection)
                .log("prompt refused");
        return Decision.llmError(400, "bad request");
    }

    private @Nullable String objection(String prompt) {
        for (int i = 0; i < deny.size(); i++) {
            if (deny.get(i).foundIn(prompt)) {
                return "deny_patterns." + (i + 1) + " was found";
            }
        }
        if (allow.isEmpty() || allow.stream().anyMatch(pattern -> pattern.foundIn(prompt))) {
            return null;
        }
        return "none of the allow_patterns was found";
    }
}
