package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One server behind an upstream.
///
/// @param target `host:port`; an IPv6 address is spelled out in brackets
/// @param weight its share of the requests; 0 takes it out
public record Target(
        String id, Ref upstream, String target, int weight, @Nullable List<String> tags) {

    public Target {
        tags = tags == null ? null : List.copyOf(tags);
    }

    /// The name or address alone, without brackets.
    public String host() {
        String host = target.substring(0, colon());
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    public int port() {
        return Integer.parseInt(target.substring(colon() + 1));
    }

    private int colon() {
        return target.lastIndexOf(':');
    }
}
