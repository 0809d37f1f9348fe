package dev.torii.engine.vault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Schema;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Secrets in the environment variables that the engine was started with.
public final class EnvVault implements VaultType {

    static final String NAME = "env";
    static final Schema SCHEMA = Schema.load(EnvVault.class, "env.json");

    private static final int PREVIOUS = 2;

    private final Map<String, String> environment;

    /// @param environment names in upper case
    public EnvVault(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public String find(ObjectNode config, String resource, @Nullable Integer version)
            throws UnresolvedException {
        String variable = variable(config.path("prefix").asText(""), resource, version);
        String value = environment.get(variable);
        if (value == null) {
            throw new UnresolvedException(
                    "the environment variable "
                            + variable
                            + " is not set; set it and start Torii again");
        }
        return value;
    }

    private static String variable(String prefix, String resource, @Nullable Integer version) {
        String name = (prefix + resource).replace('-', '_').toUpperCase(Locale.ROOT);
        return version != null && version == PREVIOUS ? name + "_PREVIOUS" : name;
    }
}
