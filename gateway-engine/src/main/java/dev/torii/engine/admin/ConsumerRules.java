package dev.torii.engine.admin;

/// Consumers can be found by the name that they have in somebody's own records.
final class ConsumerRules implements EntityRules {

    @Override
    public String lookup() {
        return "custom_id";
    }
}
