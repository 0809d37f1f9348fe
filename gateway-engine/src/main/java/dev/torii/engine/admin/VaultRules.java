package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.vault.ToriiVault;
import dev.torii.engine.vault.VaultSchemas;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Each type of vaults brings its own settings.
final class VaultRules implements EntityRules {

    @Override
    public Schema schema(Schema common, Input input, @Nullable ObjectNode stored) {
        JsonNode given = input.under(common).get("name");
        JsonNode name = given == null && stored != null ? stored.get("name") : given;
        if (name == null || !name.isTextual() || name.textValue().isEmpty()) {
            // The schema itself says what is wrong with it.
            return common;
        }
        return VaultSchemas.of(name.textValue())
                .map(common::overlaidBy)
                .orElseThrow(() ->
                        Problems.schemaViolation(
                                common,
                                List.of(
                                        Violation.of(
                                                "vault '" + name.textValue() + "' is not installed",
                                                "name"))));
    }

    /// Kong has no vaults of Torii's own type.
    @Override
    public boolean isToriiOnly(ObjectNode vault) {
        return vault.path("name").asText().equals(ToriiVault.NAME);
    }
}
