package dev.torii.engine.plugin.keyauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.json.Json;
import dev.torii.model.schema.Schema;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

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

    private volatile @Nullable Made last;

    @Override
    public PluginType type() {
        return type;
    }

    /// Plugins of the same settings, of which there may be many, share a handler: it keeps nothing,
    /// and there is nothing to close.
    @Override
    public PluginHandler create(PluginContext context) {
        Made made = last;
        if (made == null || !made.isOf(context)) {
            made = Made.of(context);
            last = made;
        }
        return made.handler();
    }

    private record Made(ObjectNode config, InstantSource clock, KeyAuthHandler handler) {

        static Made of(PluginContext context) {
            ObjectNode config = context.plugin().config();
            return new Made(
                    config,
                    context.clock(),
                    new KeyAuthHandler(Json.convert(config, KeyAuthConfig.class), context.clock()));
        }

        boolean isOf(PluginContext context) {
            return config.equals(context.plugin().config()) && clock.equals(context.clock());
        }
    }
}
