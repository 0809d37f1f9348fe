package dev.torii.engine.admin;

import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.model.config.EntityKind;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/// The rules of each kind.
final class RuleBook {

    private static final EntityRules NONE = new EntityRules() {};

    private final Map<EntityKind, EntityRules> rules = new EnumMap<>(EntityKind.class);

    RuleBook(PluginRegistry plugins, InstantSource clock) {
        rules.put(EntityKind.SERVICES, new ServiceRules());
        rules.put(EntityKind.CONSUMERS, new ConsumerRules());
        rules.put(EntityKind.PLUGINS, new PluginRules(plugins));
        rules.put(EntityKind.VAULTS, new VaultRules());
        rules.put(EntityKind.KEYAUTH_CREDENTIALS, new KeyAuthRules());
        rules.put(EntityKind.BASICAUTH_CREDENTIALS, new BasicAuthRules());
        rules.put(EntityKind.ACLS, new AclRules());
        rules.put(EntityKind.JWT_SECRETS, new JwtRules());
        rules.put(EntityKind.UPSTREAMS, new UpstreamRules());
        rules.put(EntityKind.TARGETS, new TargetRules());
        rules.put(EntityKind.CERTIFICATES, new CertificateRules());
        rules.put(EntityKind.CA_CERTIFICATES, new CaCertificateRules(clock));
        rules.put(EntityKind.KEYS, new KeyRules());
    }

    EntityRules of(EntityKind kind) {
        return rules.getOrDefault(kind, NONE);
    }
}
