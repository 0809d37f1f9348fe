package dev.torii.engine.provider.bedrock;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the gateway's environment says of Amazon, in the variables that Amazon's own tools read.
///
/// @param variable gives the value of an environment variable; null where it is not set
record AwsEnvironment(UnaryOperator<@Nullable String> variable) {

    static AwsEnvironment ofProcess() {
        return new AwsEnvironment(System::getenv);
    }

    private @Nullable String value(String name) {
        String value = variable.apply(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    @Nullable String region() {
        String region = value("AWS_REGION");
        return region == null ? value("AWS_DEFAULT_REGION") : region;
    }

    @Nullable AwsKeys keys() {
        String id = value("AWS_ACCESS_KEY_ID");
        String secret = value("AWS_SECRET_ACCESS_KEY");
        return id == null || secret == null
                ? null
                : new AwsKeys(id, secret, value("AWS_SESSION_TOKEN"));
    }

    /// A Bedrock API key.
    @Nullable String apiKey() {
        return value("AWS_BEARER_TOKEN_BEDROCK");
    }
}
