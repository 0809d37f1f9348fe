package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.exchange.LlmTarget;
import dev.torii.engine.exchange.RouteFormat;
import dev.torii.model.config.Secret;
import dev.torii.model.json.Json;
import dev.torii.model.llm.RouteType;
import org.jspecify.annotations.Nullable;

/// The settings of one `ai-proxy`, as `schema.json` describes them. Settings of providers stay in
/// `model.options`, whose reader is the provider.
record AiProxyConfig(
        String routeType,
        @Nullable Auth auth,
        Model model,
        Logging logging,
        String responseStreaming,
        long maxRequestBodySize,
        boolean modelNameHeader,
        String llmFormat) {

    static AiProxyConfig from(ObjectNode config) {
        return Json.convert(config, AiProxyConfig.class);
    }

    RouteType route() {
        return RouteType.of(routeType)
                .orElseThrow(() -> new IllegalArgumentException("no route type " + routeType));
    }

    boolean streamingDenied() {
        return responseStreaming.equals("deny");
    }

    boolean streamingAlways() {
        return responseStreaming.equals("always");
    }

    RouteFormat format() {
        return new RouteFormat(llmFormat, route());
    }

    record Auth(
            @Nullable String headerName,
            @Nullable Secret headerValue,
            @Nullable String paramName,
            @Nullable Secret paramValue,
            @Nullable String paramLocation,
            boolean allowOverride,
            boolean gcpUseServiceAccount,
            @Nullable Secret gcpServiceAccountJson,
            @Nullable Secret awsAccessKeyId,
            @Nullable Secret awsSecretAccessKey) {

        /// @param missing what it lacks, in words; null when it has all
        LlmTarget.Auth toTarget(@Nullable String missing) {
            return new LlmTarget.Auth(
                    headerName,
                    headerValue,
                    paramName,
                    paramValue,
                    paramLocation,
                    allowOverride,
                    awsAccessKeyId == null || awsSecretAccessKey == null
                            ? null
                            : new LlmTarget.Aws(awsAccessKeyId, awsSecretAccessKey),
                    gcpUseServiceAccount ? new LlmTarget.Google(gcpServiceAccountJson) : null,
                    missing);
        }
    }

    record Model(String provider, @Nullable String name, @Nullable ObjectNode options) {}

    record Logging(boolean logStatistics, boolean logPayloads) {}
}
