package dev.torii.engine.proxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.Recordings.Recording;
import dev.torii.engine.dialect.chat.ChatProfile;
import dev.torii.engine.dialect.chat.ChatProviderDialect;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.provider.Provider;
import dev.torii.engine.provider.ProviderRegistry;
import dev.torii.model.json.Json;
import dev.torii.model.llm.Operation;
import dev.torii.model.llm.RouteType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How the upstream of a recording is named to the gateway.
///
/// @param provider as in `model.provider`
/// @param address what follows the upstream's host in `upstream_url`
record Replayable(
        Provider provider,
        String model,
        Operation operation,
        RouteType routeType,
        ObjectNode options,
        String address) {

    static final ProviderRegistry PROVIDERS = ProviderRegistry.discovered();

    /// What chats are called in the recordings.
    private static final Set<String> CHATS =
            Set.of(
                    "chat",
                    "converse",
                    "converse-stream",
                    "generate",
                    "invoke",
                    "invoke-stream",
                    "messages",
                    "openai-chat",
                    "responses",
                    "vertex",
                    "vertex-generate");

    private static final Pattern MODEL =
            Pattern.compile("/models?/([^/?]+?)(?::[A-Za-z]+|/[a-z-]+)(?:\\?.*)?$");

    /// Which recordings say nothing about the gateway, by provider and API, or by id.
    private static final Map<String, String> LEFT_OUT =
            Map.of(
                    "openai/models", "the gateway lists the models of its own routes",
                    "gemini/models", "the gateway lists the models of its own routes");

    /// Why a recording is not replayed; null when it is.
    static @Nullable String leftOut(Recording recording) {
        String reason = LEFT_OUT.get(recording.name());
        if (reason == null) {
            reason = LEFT_OUT.get(recording.api());
        }
        return reason == null && operation(recording) == Operation.PASS
                ? "this test knows no such API"
                : reason;
    }

    /// Why a recording cannot be had by clients of a dialect; null when it can.
    static @Nullable String leftOut(Recording recording, String client) {
        return recording.api().startsWith("bedrock/invoke") && !client.equals("anthropic")
                ? "only clients of Anthropic's are answered by InvokeModel; all others by Converse"
                : null;
    }

    static Replayable of(Recording recording) {
        String vendor = recording.api().substring(0, recording.api().indexOf('/'));
        String api = recording.api().substring(vendor.length() + 1);
        ObjectNode options = Json.object();
        String address = "";
        String provider = PROVIDERS.find(vendor) == null ? "openai" : vendor;
        switch (api) {
            case "responses" -> address = "/v1/responses";
            case "openai-chat" -> provider = "openai";
            case "vertex", "vertex-generate" -> {
                provider = "gemini";
                options.putObject("gemini")
                        .put("project_id", "test-project")
                        .put("location_id", "us-east5");
            }
            default -> {}
        }
        if (provider.equals("bedrock")) {
            options.putObject("bedrock").put("aws_region", "us-east-1");
        }
        if (provider.equals("anthropic")) {
            options.put("anthropic_version", "2023-06-01");
        }
        Operation operation = operation(recording);
        RouteType routeType =
                switch (operation) {
                    case EMBEDDINGS -> RouteType.EMBEDDINGS;
                    case COMPLETIONS -> RouteType.COMPLETIONS;
                    default -> RouteType.CHAT;
                };
        return new Replayable(
                Objects.requireNonNull(PROVIDERS.find(provider)),
                model(recording, api),
                operation,
                routeType,
                options,
                address);
    }

    private static Operation operation(Recording recording) {
        String api = recording.api().substring(recording.api().indexOf('/') + 1);
        if (api.contains("embed")
                || (api.equals("invoke")
                        && !recording.json().at("/request/body").has("messages"))) {
            return Operation.EMBEDDINGS;
        }
        return switch (api) {
            case "completions", "inference" -> Operation.COMPLETIONS;
            case "generate" ->
                    recording.api().startsWith("gemini") ? Operation.CHAT : Operation.COMPLETIONS;
            case "count_tokens" -> Operation.COUNT_TOKENS;
            case "models" -> Operation.MODELS;
            default -> CHATS.contains(api) ? Operation.CHAT : Operation.PASS;
        };
    }

    private static String model(Recording recording, String api) {
        Matcher inPath = MODEL.matcher(recording.path());
        String inBody = recording.json().at("/request/body/model").asText("some-model");
        String model =
                inPath.find() ? URLDecoder.decode(inPath.group(1), StandardCharsets.UTF_8) : inBody;
        // A client of Anthropic's would reach a Claude by another way than Converse.
        return api.startsWith("converse")
                ? model.replace("anthropic.claude", "amazon.nova")
                : model;
    }

    LlmTarget target(String host) {
        return new LlmTarget(
                provider.name(),
                model,
                routeType,
                options.deepCopy().put("upstream_url", host + address),
                null,
                null,
                null);
    }

    /// What the provider speaks with a client of this dialect.
    ProviderDialect dialect(String client, String host) {
        List<ProviderDialect> dialects = provider.dialects(target(host));
        for (ProviderDialect dialect : dialects) {
            if (dialect.name().equals(client)) {
                return dialect;
            }
        }
        return dialects.isEmpty()
                ? new ChatProviderDialect(ChatProfile.HUGGINGFACE)
                : dialects.getFirst();
    }

    /// The settings of the plugin, as JSON.
    String plugin(String host) {
        ObjectNode plugin = Json.object().put("id", "ai").put("name", "ai-proxy");
        ObjectNode config =
                plugin.putObject("config")
                        .put("route_type", routeType.wireName())
                        .put("llm_format", "auto");
        if (provider.name().equals("bedrock")) {
            config.putObject("auth")
                    .put("aws_access_key_id", "AKIDEXAMPLE")
                    .put("aws_secret_access_key", "aws-secret-real");
        }
        ObjectNode of = config.putObject("model");
        of.put("provider", provider.name()).put("name", model);
        of.set("options", target(host).options());
        return Json.text(plugin);
    }
}
