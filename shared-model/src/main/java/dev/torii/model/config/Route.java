package dev.torii.model.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which client requests go to which service.
public record Route(
        String id,
        @Nullable String name,
        List<String> protocols,
        @Nullable List<String> methods,
        @Nullable List<String> hosts,
        @Nullable List<String> paths,
        @Nullable Map<String, List<String>> headers,
        @Nullable List<String> snis,
        int httpsRedirectStatusCode,
        int regexPriority,
        boolean stripPath,
        boolean preserveHost,
        boolean requestBuffering,
        boolean responseBuffering,
        @Nullable Ref service,
        @Nullable List<String> tags) {

    public Route {
        protocols = List.copyOf(protocols);
        methods = methods == null ? null : List.copyOf(methods);
        hosts = hosts == null ? null : List.copyOf(hosts);
        paths = paths == null ? null : List.copyOf(paths);
        headers = headers == null ? null : Map.copyOf(headers);
        snis = snis == null ? null : List.copyOf(snis);
        tags = tags == null ? null : List.copyOf(tags);
    }

    /// The name, or the id where it has none: what metrics and lists show.
    public String label() {
        return name == null ? id : name;
    }
}
