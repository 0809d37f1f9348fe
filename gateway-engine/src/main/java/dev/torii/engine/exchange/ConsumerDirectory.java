package dev.torii.engine.exchange;

import dev.torii.model.config.Consumer;
import dev.torii.model.config.KeyAuthCredential;
import java.util.Optional;

/// The consumers and their keys, as one configuration snapshot has them. Look-ups take no lock and
/// touch no database.
public interface ConsumerDirectory {

    Optional<Consumer> consumer(String idOrUsername);

    /// The credential whose key this is, compared by digest in constant time.
    Optional<KeyAuthCredential> keyAuth(String key);

    ConsumerDirectory EMPTY =
            new ConsumerDirectory() {
                @Override
                public Optional<Consumer> consumer(String idOrUsername) {
                    return Optional.empty();
                }

                @Override
                public Optional<KeyAuthCredential> keyAuth(String key) {
                    return Optional.empty();
                }
            };
}
