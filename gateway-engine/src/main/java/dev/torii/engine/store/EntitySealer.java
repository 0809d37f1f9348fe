package dev.torii.engine.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.Sealer.WrongKeyException;
import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.PluginSchemas;
import dev.torii.model.schema.SchemaSecrets;
import dev.torii.model.schema.SchemaSecrets.Parted;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns entities into what lies on the disk and back: the JSON without its secrets, and the
/// secrets sealed.
final class EntitySealer {

    private static final String CONFIG = "config";

    private final Sealer sealer;
    private final PluginSchemas plugins;

    /// @param plugins says which fields of a plugin are secret
    EntitySealer(Sealer sealer, PluginSchemas plugins) {
        this.sealer = sealer;
        this.plugins = plugins;
    }

    /// An entity as it lies on the disk.
    static final class Sealed {

        private final String open;
        private final byte @Nullable [] secrets;

        private Sealed(String open, byte @Nullable [] secrets) {
            this.open = open;
            this.secrets = secrets;
        }

        /// The JSON without the secrets.
        String open() {
            return open;
        }

        /// Null when there are none.
        byte @Nullable [] secrets() {
            return secrets;
        }
    }

    /// @param place what it is for; the same is needed to open it
    /// @throws StoreException for a plugin whose type is not installed, since only its schema says
    ///   what is secret
    Sealed seal(EntityKind kind, ObjectNode entity, String place) {
        return sealed(
                part(kind, entity)
                        .orElseThrow(() ->
                                new StoreException(
                                        "cannot store the plugin '"
                                                + entity.path("name").asText()
                                                + "': no plugin of that name is installed")),
                place);
    }

    /// Seals an entity that was stored before. Of a plugin whose type has gone since, all settings
    /// count as secret.
    Sealed sealPast(EntityKind kind, ObjectNode entity, String place) {
        return sealed(part(kind, entity).orElseGet(() -> partedConfig(entity)), place);
    }

    private Optional<Parted> part(EntityKind kind, ObjectNode entity) {
        return (kind == EntityKind.PLUGINS
                        ? plugins.schema(entity.path("name").asText()).map(EntitySchemas::ofPlugin)
                        : Optional.of(EntitySchemas.of(kind)))
                .map(schema -> SchemaSecrets.part(schema, entity));
    }

    private static Parted partedConfig(ObjectNode entity) {
        ObjectNode secrets = Json.object();
        secrets.set("/" + CONFIG, entity.path(CONFIG));
        return new Parted(entity.deepCopy().putNull(CONFIG), secrets);
    }

    private Sealed sealed(Parted parted, String place) {
        return new Sealed(
                Json.text(parted.open()),
                parted.secrets().isEmpty()
                        ? null
                        : sealer.seal(Json.bytes(parted.secrets()), place));
    }

    /// @throws MalformedJsonException when it is damaged
    /// @throws WrongKeyException when its secrets are
    ObjectNode open(byte[] open, byte @Nullable [] secrets, String place)
            throws MalformedJsonException, WrongKeyException {
        try {
            ObjectNode entity = object(open);
            return secrets == null
                    ? entity
                    : new Parted(entity, object(sealer.unseal(secrets, place))).whole();
        } catch (IllegalStateException e) {
            throw new MalformedJsonException("not an entity", 1, 1);
        }
    }

    private static ObjectNode object(byte[] json) throws MalformedJsonException {
        ObjectNode object = Json.parseObjectOrNull(json);
        if (object == null) {
            throw new MalformedJsonException("not an entity", 1, 1);
        }
        return object;
    }
}
