package dev.torii.engine.provider;

import java.util.List;

/// Providers that differ by little, and are made together. Found through `ServiceLoader`; annotate
/// with `@AutoService(ProviderTable.class)`.
public interface ProviderTable {

    List<Provider> providers();
}
