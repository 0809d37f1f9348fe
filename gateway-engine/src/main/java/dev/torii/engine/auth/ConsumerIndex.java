package dev.torii.engine.auth;

import dev.torii.engine.exchange.ConsumerDirectory;
import dev.torii.model.config.Consumer;
import dev.torii.model.config.KeyAuthCredential;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The consumers and keys of one snapshot. Keys are held as digests, so that a look-up's duration
/// says nothing about how much of a guessed key was right.
public final class ConsumerIndex implements ConsumerDirectory {

    private final Map<String, Consumer> consumers = new HashMap<>();
    private final Map<KeyDigest, KeyAuthCredential> keys = new HashMap<>();

    public ConsumerIndex(
            Collection<Consumer> consumers, Collection<KeyAuthCredential> credentials) {
        for (Consumer consumer : consumers) {
            String username = consumer.username();
            if (username != null) {
                this.consumers.putIfAbsent(username, consumer);
            }
        }
        // Ids win over a consumer that is named like another one's id.
        consumers.forEach(consumer -> this.consumers.put(consumer.id(), consumer));
        credentials.forEach(
                credential -> keys.put(KeyDigest.of(credential.key().reveal()), credential));
    }

    @Override
    public Optional<Consumer> consumer(String idOrUsername) {
        return Optional.ofNullable(consumers.get(idOrUsername));
    }

    @Override
    public Optional<KeyAuthCredential> keyAuth(String key) {
        return Optional.ofNullable(keys.get(KeyDigest.of(key)));
    }
}
