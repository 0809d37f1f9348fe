package dev.torii.engine.store;

class MemoryConfigStoreTest extends StoreContract {

    @Override
    protected ConfigStore create() {
        return new MemoryConfigStore();
    }
}
