package dev.torii.desktop.entity;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.desktop.client.FakeEngine;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [FakeEngine] that serves the schemas of the entities and of the AI plugins, and on request the
/// configuration that the pictures show.
public final class SampleEngine {

    private static final List<String> PLUGINS =
            List.of(
                    "ai-proxy",
                    "ai-models",
                    "ai-prompt-decorator",
                    "ai-prompt-template",
                    "ai-prompt-guard");

    private SampleEngine() {}

    public static FakeEngine empty() {
        var engine = new FakeEngine();
        for (EntityKind kind : EntityKind.values()) {
            engine.schema(kind.schemaName(), read(EntityKind.class, kind.schemaName() + ".json"));
        }
        for (String plugin : PLUGINS) {
            engine.schema(plugin, read(SampleEngine.class, plugin + ".json"));
        }
        return engine;
    }

    public static FakeEngine full() {
        FakeEngine engine = empty();
        ArrayNode usage = Json.array();
        String[][] services = {
            {"chat-service", "openai", "gpt-4o-mini", "1284", "5", "0.61", "1910"},
            {"claude-code", "anthropic", "claude-sonnet-4-5", "402", "0", "1.12", "6200"},
            {"local-qwen", "openai", "qwen3:8b", "219", "0", "", "3440"},
            {"translate-ja", "gemini", "gemini-2.5-flash", "377", "27", "0.11", "920"},
            {"embeddings", "openai", "text-embedding-3-small", "96", "0", "0.004", "180"},
            {"summarise-mail", "mistral", "mistral-small", "58", "0", "0.02", "1120"},
            {"legacy-api", "", "", "2310", "2", "", "40"},
        };
        for (String[] row : services) {
            ObjectNode service =
                    engine.add(
                            EntityKind.SERVICES,
                            object(
                                    """
                                    {"name":"%s","protocol":"https","host":"%s","port":443,"path":null,
                                     "retries":5,"connect_timeout":60000,"write_timeout":60000,
                                     "read_timeout":60000,"enabled":true,"tags":["team-a","prod"]}
                                    """
                                            .formatted(
                                                    row[0],
                                                    row[1].isEmpty()
                                                            ? "api.intra.example"
                                                            : "example.com")));
            route(engine, service, row[0].replace("-service", "") + "-route", "/" + row[0], "POST");
            usage.add(usage(row, row[0], row[0].replace("-service", "") + "-route"));
            if (!row[1].isEmpty()) {
                plugin(
                        engine,
                        "ai-proxy",
                        "service",
                        service,
                        """
                        {"route_type":"llm/v1/chat",
                         "auth":{"header_name":"Authorization","header_value":"Bearer sk-abcdefghij3fQA"},
                         "model":{"provider":"%s","name":"%s","options":{"max_tokens":1024,"temperature":0.7}},
                         "logging":{"log_statistics":true,"log_payloads":false}}
                        """
                                .formatted(row[1], row[2]));
            }
        }
        ObjectNode chat = engine.all(EntityKind.SERVICES).getFirst();
        ObjectNode route = engine.all(EntityKind.ROUTES).getFirst();
        route(engine, chat, "chat-v1", "/v1/chat/completions", null);
        plugin(
                engine,
                "ai-prompt-decorator",
                "service",
                chat,
                "{\"prompts\":{\"prepend\":[{\"role\":\"system\",\"content\":\"あなたは優秀なアシスタントです\"}]}}");
        plugin(engine, "ai-prompt-guard", "route", route, "{\"deny_patterns\":[\".*登山.*\"]}");
        plugin(engine, "key-auth", null, null, "{}");
        plugin(engine, "file-log", "service", chat, "{}");
        plugin(engine, "prometheus", null, null, "{}");
        allInOne(engine);
        engine.add(
                EntityKind.SERVICES,
                object(
                        """
                        {"name":"support-bot","protocol":"https","host":"bot.example","port":443,"enabled":false}
                        """));
        engine.usage(usage);
        return engine;
    }

    /// What `torii all-in-one` makes.
    private static void allInOne(FakeEngine engine) {
        ObjectNode service =
                engine.add(
                        EntityKind.SERVICES,
                        object(
                                """
                                {"name":"all-in-one","protocol":"http","host":"localhost","port":80,
                                 "enabled":true}
                                """));
        route(engine, service, "all-in-one", "/v1", null);
        plugin(
                engine,
                "ai-models",
                "route",
                engine.all(EntityKind.ROUTES).getLast(),
                """
                {"targets":[
                  {"prefix":null,"models":["claude-sonnet-4-5","claude-haiku-4-5"],
                   "model":{"provider":"anthropic","options":{"anthropic_version":"2023-06-01"}},
                   "auth":{"header_name":"x-api-key","header_value":"{vault://torii/anthropic}"}},
                  {"prefix":null,"models":["gemini-2.5-flash"],"model":{"provider":"gemini"},
                   "auth":{"header_name":"x-goog-api-key","header_value":"{vault://env/GEMINI_API_KEY}"}},
                  {"prefix":null,"models":[],"model":{"provider":"ollama"}}],
                 "aliases":[{"alias":"fast","model":"ollama/qwen3"}],
                 "logging":{"log_statistics":true,"log_payloads":false}}
                """);
    }

    private static void route(
            FakeEngine engine,
            ObjectNode service,
            String name,
            String path,
            @Nullable String method) {
        ObjectNode route =
                object(
                        """
                        {"name":"%s","paths":["%s"],"protocols":["http","https"],"strip_path":true}
                        """
                                .formatted(name, path));
        if (method != null) {
            route.putArray("methods").add(method);
        }
        route.putObject("service").put("id", Entities.id(service));
        engine.add(EntityKind.ROUTES, route);
    }

    private static void plugin(
            FakeEngine engine,
            String name,
            @Nullable String reference,
            @Nullable ObjectNode target,
            String config) {
        ObjectNode plugin =
                object("{\"enabled\":true,\"protocols\":[\"grpc\",\"grpcs\",\"http\",\"https\"]}");
        plugin.put("name", name);
        plugin.set("config", object(config));
        if (reference != null && target != null) {
            plugin.putObject(reference).put("id", Entities.id(target));
        }
        engine.add(EntityKind.PLUGINS, plugin);
    }

    private static ObjectNode usage(String[] row, String service, String route) {
        ObjectNode usage = Json.object();
        usage.putNull("bucket");
        usage.putObject("group").put("service", service).put("route", route);
        usage.put("requests", Long.parseLong(row[3]))
                .put("errors", Long.parseLong(row[4]))
                .put("prompt_tokens", 1000)
                .put("completion_tokens", 500)
                .put("cached_tokens", 0)
                .put("reasoning_tokens", 0)
                .put("estimated", 0)
                .put("unpriced", 0);
        if (row[5].isEmpty()) {
            usage.putNull("cost_usd");
        } else {
            usage.put("cost_usd", new java.math.BigDecimal(row[5]));
        }
        long p95 = Long.parseLong(row[6]);
        usage.putObject("latency_ms").put("p50", p95 / 2).put("p95", p95).put("p99", p95 * 2);
        usage.putObject("ttft_ms").put("p50", 318).put("p95", p95 / 2).put("p99", p95);
        return usage;
    }

    static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.parse(json);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectNode read(Class<?> beside, String file) {
        try (var in = Objects.requireNonNull(beside.getResourceAsStream(file), file)) {
            return (ObjectNode) Json.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MalformedJsonException e) {
            throw new AssertionError(e);
        }
    }
}
