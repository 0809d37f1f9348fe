package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The settings of one `ai-models`, as [AiModelsFactory] describes them.
record AiModelsConfig(
        List<Target> targets,
        @Nullable List<Alias> aliases,
        AiProxyConfig.Logging logging,
        long maxRequestBodySize,
        boolean modelNameHeader) {

    static AiModelsConfig from(ObjectNode config) {
        return Json.convert(config, AiModelsConfig.class);
    }

    /// Somebody who can be asked.
    record Target(
            @Nullable String prefix,
            @Nullable List<String> models,
            Model model,
            AiProxyConfig.@Nullable Auth auth) {

        String name() {
            return Objects.requireNonNullElse(prefix, model.provider());
        }

        List<String> listed() {
            return models == null ? List.of() : models;
        }
    }

    record Model(String provider, @Nullable ObjectNode options) {}

    record Alias(String alias, String model) {}
}
