package dev.torii.model.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A server name and the certificate for it.
///
/// @param name a host name, of which the first or the last label may be `*`
public record Sni(String id, String name, Ref certificate, @Nullable List<String> tags) {

    public Sni {
        tags = tags == null ? null : List.copyOf(tags);
    }
}
