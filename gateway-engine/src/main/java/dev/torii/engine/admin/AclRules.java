package dev.torii.engine.admin;

/// A group's name says which membership is meant once the consumer is known, and only then.
final class AclRules implements EntityRules {

    @Override
    public String keyBelowParent() {
        return "group";
    }
}
