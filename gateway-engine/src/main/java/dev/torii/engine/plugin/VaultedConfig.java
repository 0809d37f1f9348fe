package dev.torii.engine.plugin;

import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.config.Plugin;
import dev.torii.model.schema.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of the references to vaults in a plugin's config.
///
/// @param refers whether it holds any
/// @param missing those in secret fields that stand for nothing
public record VaultedConfig(boolean refers, List<UnresolvedReference> missing) {

    /// There are no references.
    public static final VaultedConfig NONE = new VaultedConfig(false, List.of());

    /// Why the plugin must not run; null when it may. A provider's key that is missing would show
    /// as the provider's refusal, and one with a line break as a broken request.
    @Nullable String problem(PluginFactory factory, Plugin plugin) {
        for (UnresolvedReference each : missing) {
            if (!factory.runsWithout(each.field())) {
                return each.sentence();
            }
        }
        if (!refers) {
            return null;
        }
        List<Violation> violations = factory.check(plugin.config());
        // Where, but not what: the message may quote the value.
        return violations.isEmpty()
                ? null
                : "the value that a vault gives for config.%s is not allowed there"
                        .formatted(violations.getFirst().pointer());
    }
}
