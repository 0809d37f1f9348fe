package dev.torii.engine.plugin;

import dev.torii.engine.exchange.Exchange;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A plugin that writes down what is asked of it as `name:word phase`, where the word is its
/// config's `word`, and does what its config says: `answer` (a status), `throw` (a phase),
/// `body_limit`, `secret`.
final class FakePlugin implements PluginFactory {

    private final PluginType type;
    final List<String> calls;

    FakePlugin(String name, int priority, List<String> calls) {
        var root = new FieldSpec.Struct("", FieldSpec.Traits.NONE, List.of(), List.of());
        this.type =
                new PluginType(
                        name,
                        priority,
                        new Schema(name, root, Json.object()),
                        PluginType.ALL_SCOPES);
        this.calls = calls;
    }

    FakePlugin(String name, int priority) {
        this(name, priority, new ArrayList<>());
    }

    @Override
    public PluginType type() {
        return type;
    }

    @Override
    public PluginHandler create(PluginContext context) {
        var config = context.plugin().config();
        String throwing = config.path("throw").asText();
        String label = type.name() + ":" + config.path("word").asText();
        if (throwing.equals("create")) {
            throw new IllegalStateException("no such file");
        }
        calls.add(label + " create");
        return new PluginHandler() {
            @Override
            public boolean needsBody() {
                return config.has("body_limit");
            }

            @Override
            public long maxBodySize() {
                return config.path("body_limit").asLong();
            }

            @Override
            public Set<String> secretNames() {
                return config.has("secret") ? Set.of(config.path("secret").asText()) : Set.of();
            }

            @Override
            public Decision onRequest(Exchange exchange) {
                record("request");
                return config.has("answer")
                        ? Decision.refuse(config.path("answer").asInt(), "no")
                        : Decision.proceed();
            }

            @Override
            public void onResponse(Exchange exchange) {
                record("response");
            }

            @Override
            public void onLog(Exchange exchange) {
                record("log");
            }

            @Override
            public void close() {
                record("close");
            }

            private void record(String phase) {
                calls.add(label + " " + phase);
                if (throwing.equals(phase)) {
                    throw new IllegalStateException("broken in " + phase);
                }
            }
        };
    }
}
