package dev.torii.engine.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.config.Secret;
import dev.torii.model.llm.RouteType;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The model that an exchange goes to, with everything that its provider needs to be asked.
///
/// @param provider the provider's name, such as `openai`
/// @param model the name sent upstream; null only for [RouteType#PRESERVE]
/// @param options the plugin's `model.options`, with the defaults filled in
/// @param auth the credential, or null where the upstream wants none
/// @param inputCost USD per 1,000,000 tokens, over the catalogue's price; null leaves the
///   catalogue's
/// @param outputCost likewise
public record LlmTarget(
        String provider,
        @Nullable String model,
        RouteType routeType,
        ObjectNode options,
        @Nullable Auth auth,
        @Nullable BigDecimal inputCost,
        @Nullable BigDecimal outputCost) {

    /// One whose options may say what its tokens cost.
    public static LlmTarget of(
            String provider,
            @Nullable String model,
            RouteType routeType,
            ObjectNode options,
            @Nullable Auth auth) {
        return new LlmTarget(
                provider,
                model,
                routeType,
                options,
                auth,
                cost(options, "input_cost"),
                cost(options, "output_cost"));
    }

    private static @Nullable BigDecimal cost(ObjectNode options, String name) {
        return options.path(name).isNumber() ? options.get(name).decimalValue() : null;
    }

    /// Where the credential goes. With `allowOverride` a credential that the client sent wins.
    ///
    /// @param missing why there is none to send, in words for the client; null when there is
    public record Auth(
            @Nullable String headerName,
            @Nullable Secret headerValue,
            @Nullable String paramName,
            @Nullable Secret paramValue,
            @Nullable String paramLocation,
            boolean allowOverride,
            @Nullable Aws aws,
            @Nullable Google google,
            @Nullable String missing) {

        /// A credential that is sent as it is.
        public Auth(
                @Nullable String headerName,
                @Nullable Secret headerValue,
                @Nullable String paramName,
                @Nullable Secret paramValue,
                @Nullable String paramLocation,
                boolean allowOverride) {
            this(
                    headerName,
                    headerValue,
                    paramName,
                    paramValue,
                    paramLocation,
                    allowOverride,
                    null,
                    null,
                    null);
        }
    }

    /// Keys that requests to Amazon are signed with.
    public record Aws(Secret accessKeyId, Secret secretAccessKey) {}

    /// A service account of Google's, which tokens are fetched for.
    ///
    /// @param serviceAccount the JSON of its key file; null for the one in the environment
    public record Google(@Nullable Secret serviceAccount) {}

    /// The name that logs, events and the response header show.
    public String label() {
        return provider + "/" + (model == null ? "UNSPECIFIED" : model);
    }
}
