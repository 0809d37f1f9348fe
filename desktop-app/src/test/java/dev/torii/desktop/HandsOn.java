package dev.torii.desktop;

import dev.torii.desktop.ui.Hands;
import javafx.scene.input.KeyCode;

/// What a user does in the window to get from nothing to a guarded chat: a service, a route, the
/// model, a system prompt, a guard, and two prompts.
public final class HandsOn {

    private final Hands hands;

    public HandsOn(Hands hands) {
        this.hands = hands;
    }

    public void createService(String name, String url) {
        hands.press(Hands.SHORTCUT, KeyCode.DIGIT3);
        hands.click("#empty-create");
        hands.fill("#field-url", url);
        hands.fill("#field-name", name);
        hands.click("#form-save");
        hands.reads("#detail-name", name);
    }

    public void createRoute(String name, String path) {
        hands.click("#new-route");
        hands.fill("#field-name", name);
        hands.click("#field-paths-add");
        hands.fill("#field-paths-1", path);
        hands.click("#form-save");
        hands.see("#add-plugin");
    }

    /// Adds ai-proxy through its form.
    ///
    /// @param upstreamUrl where the model answers; empty leaves the provider's own address
    public void addModel(String headerValue, String model, String upstreamUrl) {
        hands.click("#add-plugin");
        hands.click("#plugin-ai-proxy");
        hands.choose("#field-config-route_type", "llm/v1/chat");
        hands.choose("#field-config-model-provider", "openai");
        hands.fill("#field-config-model-name .text-field", model);
        hands.fill("#field-config-auth-header_name .text-field", "Authorization");
        hands.fill("#field-config-auth-header_value", headerValue);
        hands.fill("#field-config-model-options-max_tokens", "1024");
        hands.fill("#field-config-model-options-temperature", "0.7");
        if (!upstreamUrl.isEmpty()) {
            hands.fill("#field-config-model-options-upstream_url .text-field", upstreamUrl);
        }
        hands.click("#field-config-logging-log_statistics");
        hands.click("#field-config-logging-log_payloads");
        hands.click("#form-save");
        hands.see("#chain-ai-proxy");
    }

    public void addSystemPrompt(String prompt) {
        hands.click("#add-plugin");
        hands.click("#plugin-ai-prompt-decorator");
        hands.click("#field-config-prompts-prepend-add");
        hands.fill("#field-config-prompts-prepend-1-content", prompt);
        hands.click("#form-save");
        hands.see("#chain-ai-prompt-decorator");
    }

    public void addGuard(String pattern) {
        hands.click("#add-plugin");
        hands.click("#plugin-ai-prompt-guard");
        hands.click("#field-config-deny_patterns-add");
        hands.fill("#field-config-deny_patterns-1", pattern);
        hands.click("#form-save");
        hands.see("#chain-ai-prompt-guard");
    }

    public void openLab() {
        hands.click("#try-it");
        hands.see("#message-user");
    }

    public void ask(String prompt) {
        hands.fill("#message-user", prompt);
        hands.click("#send");
    }

    public void answerReads(String part) {
        hands.reads("#answer", part);
    }

    public void refusalReads(String part) {
        hands.reads("#problem", part);
    }
}
