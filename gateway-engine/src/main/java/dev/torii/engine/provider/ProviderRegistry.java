package dev.torii.engine.provider;

import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The providers that this engine can speak to, by name.
public final class ProviderRegistry {

    private final Map<String, Provider> providers = new TreeMap<>();

    public ProviderRegistry(Iterable<Provider> providers) {
        for (Provider provider : providers) {
            if (this.providers.put(provider.name(), provider) != null) {
                throw new IllegalStateException("two providers are named " + provider.name());
            }
        }
    }

    public static ProviderRegistry discovered() {
        return new ProviderRegistry(ServiceLoader.load(Provider.class));
    }

    public @Nullable Provider find(String name) {
        return providers.get(name);
    }

    public Collection<String> names() {
        return providers.keySet();
    }
}
