package dev.torii.engine.plugin.keyauth;

import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;

/// Installs `key-auth`.
@AutoService(PluginFactory.class)
public final class KeyAuthFactory implements PluginFactory {

    private static final String NAME = "key-auth";

    private final PluginType type =
            new PluginType(
                    NAME,
                    1250,
                    Schema.load(NAME, KeyAuthFactory.class, "schema.json"),
                    PluginType.NO_CONSUMER);

    @Override
    public PluginType type() {
        return type;
    }

    @Override
    public PluginHandler create(PluginContext context) {
        return new KeyAuthHandler(
                Json.convert(context.plugin().config(), KeyAuthConfig.class), context.clock());
    }
}
