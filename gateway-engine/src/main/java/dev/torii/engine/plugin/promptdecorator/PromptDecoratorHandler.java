package dev.torii.engine.plugin.promptdecorator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.ClientCall;
import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.plugin.Decision;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.promptdecorator.PromptDecoratorConfig.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds the configured messages to a chat.
final class PromptDecoratorHandler implements PluginHandler {

    private final List<ObjectNode> before;
    private final List<ObjectNode> after;
    private final long maxBodySize;

    PromptDecoratorHandler(PromptDecoratorConfig config) {
        before = json(config.prompts().prepend());
        after = json(config.prompts().append());
        maxBodySize = config.maxRequestBodySize();
    }

    private static List<ObjectNode> json(@Nullable List<Message> messages) {
        return messages == null ? List.of() : messages.stream().map(Message::toJson).toList();
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
        ClientCall client = exchange.clientCall();
        ObjectNode body = exchange.body().json();
        if (client == null || body == null || !client.dialect().holdsChat(body)) {
            return Decision.llmError(400, "this LLM route only supports llm/chat type requests");
        }
        client.dialect().surround(exchange.body().edit(), before, after);
        return Decision.proceed();
    }
}
