package dev.torii.engine.plugin;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.GatewayError;
import dev.torii.engine.exchange.RouteFormat;
import dev.torii.model.config.Consumer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The plugins of one exchange, from its first to its last phase. Touched by one thread at a time.
///
/// Call [#next] until it says neither `NeedsBody` nor anything else, then [#onResponse] and
/// [#onLog] once each. Which instance of a plugin runs is decided when its turn comes, with the
/// consumer known by then, and holds for the later phases. After a plugin has answered, the others
/// are left out of the request phase alone.
public final class PluginRun {

    private static final Logger log = LoggerFactory.getLogger(PluginRun.class);

    private final PluginSlot[] slots;
    private final @Nullable PluginHandler[] chosen;
    private final Exchange exchange;
    private int asked;
    private int decided;

    PluginRun(PluginSlot[] slots, Exchange exchange) {
        this.slots = slots;
        this.chosen = new PluginHandler[slots.length];
        this.exchange = exchange;
        exchange.format(this::format);
    }

    private RouteFormat format() {
        RouteFormat told = toldFormat();
        return told == null ? RouteFormat.USUAL : told;
    }

    /// Whether a plugin of the route speaks with models, so that the body is the gateway's to read
    /// and not a service's alone.
    public boolean speaksWithModels() {
        return toldFormat() != null;
    }

    private @Nullable RouteFormat toldFormat() {
        Consumer consumer = exchange.consumer();
        String consumerId = consumer == null ? null : consumer.id();
        for (PluginSlot slot : slots) {
            PluginHandler handler = slot.handlerFor(consumerId);
            RouteFormat format = handler == null ? null : handler.format();
            if (format != null) {
                return format;
            }
        }
        return null;
    }

    /// Runs the request phase until it ends or a plugin needs the body, which the caller then hands
    /// to the exchange before it calls again.
    public PluginStep next() {
        while (asked < slots.length) {
            PluginHandler handler = decide(asked);
            if (handler == null) {
                asked++;
                continue;
            }
            if (handler.needsBody()) {
                long limit = handler.maxBodySize();
                if (!exchange.bodyRead()) {
                    return new PluginStep.NeedsBody(limit);
                }
                if (exchange.body().originalSize() > limit) {
                    asked = slots.length;
                    return new PluginStep.Failed(new GatewayError.BodyTooLarge(limit));
                }
            }
            PluginStep end = ask(handler, slots[asked].plugin());
            asked++;
            if (end != null) {
                asked = slots.length;
                return end;
            }
        }
        return PluginStep.DONE;
    }

    private @Nullable PluginStep ask(PluginHandler handler, String plugin) {
        try {
            Decision decision = handler.onRequest(exchange);
            return decision instanceof Decision.Proceed ? null : new PluginStep.Stopped(decision);
        } catch (RuntimeException | StackOverflowError e) {
            return new PluginStep.Failed(failed(plugin, e));
        }
    }

    /// Runs the response phase of all plugins.
    ///
    /// @return the first failure; the response then must not be sent
    public Optional<GatewayError> onResponse() {
        GatewayError failure = null;
        for (int i = 0; i < slots.length; i++) {
            PluginHandler handler = decide(i);
            if (handler != null) {
                try {
                    handler.onResponse(exchange);
                } catch (RuntimeException | StackOverflowError e) {
                    GatewayError error = failed(slots[i].plugin(), e);
                    failure = failure == null ? error : failure;
                }
            }
        }
        return Optional.ofNullable(failure);
    }

    /// Runs the log phase of all plugins; what one throws does not touch the others.
    public void onLog() {
        for (int i = 0; i < slots.length; i++) {
            PluginHandler handler = decide(i);
            if (handler != null) {
                try {
                    handler.onLog(exchange);
                } catch (RuntimeException | StackOverflowError e) {
                    failed(slots[i].plugin(), e);
                }
            }
        }
    }

    private @Nullable PluginHandler decide(int index) {
        while (decided <= index) {
            Consumer consumer = exchange.consumer();
            chosen[decided] = slots[decided].handlerFor(consumer == null ? null : consumer.id());
            decided++;
        }
        return chosen[index];
    }

    private GatewayError failed(String plugin, Throwable cause) {
        var entry =
                log.atError().addKeyValue("exchange", exchange.id()).addKeyValue("plugin", plugin);
        if (cause instanceof BrokenPluginException) {
            entry.log(cause.getMessage());
        } else {
            entry.setCause(cause).log("a plugin failed");
        }
        return new GatewayError.PluginFailed(plugin);
    }
}
