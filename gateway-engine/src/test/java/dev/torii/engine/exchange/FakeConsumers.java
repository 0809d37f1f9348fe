package dev.torii.engine.exchange;

import dev.torii.model.config.Consumer;
import dev.torii.model.config.KeyAuthCredential;
import dev.torii.model.config.Ref;
import dev.torii.model.config.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Consumers and keys in plain maps.
public final class FakeConsumers implements ConsumerDirectory {

    private final Map<String, Consumer> consumers = new LinkedHashMap<>();
    private final Map<String, KeyAuthCredential> keys = new LinkedHashMap<>();

    /// A consumer whose id is its username with `-id` behind.
    public FakeConsumers with(String username) {
        return with(new Consumer(username + "-id", username, null, null));
    }

    public FakeConsumers with(Consumer consumer) {
        consumers.put(consumer.id(), consumer);
        if (consumer.username() != null) {
            consumers.put(consumer.username(), consumer);
        }
        return this;
    }

    /// A key, of the credential `<username>-key`, that never expires.
    public FakeConsumers withKey(String username, String key) {
        return withKey(username, key, 0, null);
    }

    public FakeConsumers withKey(String username, String key, long createdAt, @Nullable Long ttl) {
        if (!consumers.containsKey(username)) {
            with(username);
        }
        String id = consumer(username).orElseThrow().id();
        keys.put(
                key,
                new KeyAuthCredential(
                        username + "-key", new Ref(id), new Secret(key), createdAt, ttl));
        return this;
    }

    @Override
    public Optional<Consumer> consumer(String idOrUsername) {
        return Optional.ofNullable(consumers.get(idOrUsername));
    }

    @Override
    public Optional<KeyAuthCredential> keyAuth(String key) {
        return Optional.ofNullable(keys.get(key));
    }
}
