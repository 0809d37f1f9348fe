package dev.torii.desktop.client;

import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;

/// An engine at a known address, which somebody else starts.
public final class RemoteEngine implements EngineFinder {

    private final URI admin;

    public RemoteEngine(URI admin) {
        this.admin = admin;
    }

    @Override
    public Optional<URI> find() {
        return Optional.of(admin);
    }

    @Override
    public boolean endedInOrder() {
        return false;
    }

    @Override
    public URI start(Consumer<String> progress) throws EngineStartException {
        throw new EngineStartException(
                "The engine at " + admin.getAuthority() + " can only be started where it lives");
    }
}
