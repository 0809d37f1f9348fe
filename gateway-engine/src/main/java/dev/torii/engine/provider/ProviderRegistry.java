package dev.torii.engine.provider;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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
        List<Provider> all = new ArrayList<>();
        ServiceLoader.load(Provider.class).forEach(all::add);
        ServiceLoader.load(ProviderTable.class).forEach(table -> all.addAll(table.providers()));
        return new ProviderRegistry(all);
    }

    public @Nullable Provider find(String name) {
        return providers.get(name);
    }

    public Collection<String> names() {
        return providers.keySet();
    }
}
