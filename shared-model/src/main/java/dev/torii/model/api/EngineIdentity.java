package dev.torii.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `GET /torii`: which engine this is.
///
/// @param name `torii`
/// @param revision the configuration's revision
/// @param startedAt Unix milliseconds
/// @param unresolvedReferences the references to vaults that stand for nothing now
public record EngineIdentity(
        String name,
        String version,
        long pid,
        long revision,
        long startedAt,
        long uptimeMs,
        Store store,
        Ports ports,
        Recording recording,
        List<UnresolvedReference> unresolvedReferences) {

    public EngineIdentity {
        // An older engine does not say.
        unresolvedReferences =
                unresolvedReferences == null ? List.of() : List.copyOf(unresolvedReferences);
    }

    /// Where things are kept.
    ///
    /// @param kind what the configuration is stored in: `sqlite`, or `file` when it comes from one
    /// @param config the file that holds it
    /// @param usage the file that holds the ledger
    public record Store(String kind, String config, String usage) {}

    /// Where it listens.
    ///
    /// @param proxyTls null where clients cannot speak TLS
    public record Ports(int proxy, @Nullable Integer proxyTls, int admin, int status) {}

    /// Whether finished requests reach the ledger.
    ///
    /// @param dropped requests that did not, since the start
    /// @param problem what is wrong with the ledger now; null when nothing is
    public record Recording(long dropped, @Nullable String problem) {}
}
