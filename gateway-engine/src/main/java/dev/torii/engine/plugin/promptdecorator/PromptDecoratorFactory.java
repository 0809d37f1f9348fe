package dev.torii.engine.plugin.promptdecorator;

import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.schema.Schema;

/// Makes [PromptDecoratorHandler]s.
@AutoService(PluginFactory.class)
public final class PromptDecoratorFactory implements PluginFactory {

    private static final PluginType TYPE =
            new PluginType(
                    "ai-prompt-decorator",
                    772,
                    Schema.load("ai-prompt-decorator", PromptDecoratorFactory.class, "schema.json"),
                    PluginType.ALL_SCOPES);

    @Override
    public PluginType type() {
        return TYPE;
    }

    @Override
    public PluginHandler create(PluginContext context) {
        return new PromptDecoratorHandler(PromptDecoratorConfig.from(context.plugin().config()));
    }
}
