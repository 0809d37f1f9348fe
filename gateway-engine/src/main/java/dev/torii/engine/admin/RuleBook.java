package dev.torii.engine.admin;

import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.model.config.EntityKind;
import java.util.EnumMap;
import java.util.Map;

/// The rules of each kind.
final class RuleBook {

    private static final EntityRules NONE = new EntityRules() {};

    private final Map<EntityKind, EntityRules> rules = new EnumMap<>(EntityKind.class);

    RuleBook(PluginRegistry plugins) {
        rules.put(EntityKind.SERVICES, new ServiceRules());
        rules.put(EntityKind.CONSUMERS, new ConsumerRules());
        rules.put(EntityKind.PLUGINS, new PluginRules(plugins));
        rules.put(EntityKind.VAULTS, new VaultRules());
        rules.put(EntityKind.KEYAUTH_CREDENTIALS, new KeyAuthRules());
        rules.put(EntityKind.BASICAUTH_CREDENTIALS, new BasicAuthRules());
        rules.put(EntityKind.ACLS, new AclRules());
        rules.put(EntityKind.JWT_SECRETS, new JwtRules());
    }

    EntityRules of(EntityKind kind) {
        return rules.getOrDefault(kind, NONE);
    }
}
