package dev.torii.model.schema;

/// A text that stands for a secret kept elsewhere, `{vault://env/openai-key}`.
public final class VaultReference {

    private VaultReference() {}

    public static boolean is(String text) {
        return text.startsWith("{vault://") && text.endsWith("}");
    }
}
