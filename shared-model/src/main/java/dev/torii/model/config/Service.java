package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An upstream that requests are sent to. Timeouts are milliseconds.
public record Service(
        String id,
        @Nullable String name,
        String protocol,
        String host,
        int port,
        @Nullable String path,
        int retries,
        int connectTimeout,
        int writeTimeout,
        int readTimeout,
        boolean enabled,
        @Nullable List<String> tags) {

    public Service {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /// The name, or the host where it has none: what metrics and lists show.
    public String label() {
        return name == null ? host : name;
    }
}
