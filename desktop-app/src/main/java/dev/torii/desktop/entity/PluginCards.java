package dev.torii.desktop.entity;

import dev.torii.desktop.ui.Messages;
import java.util.List;
import java.util.Locale;

/// What the catalogue knows of plugins before their schema is read: what sort they are, what they
/// are for, and their icon. A plugin that it never heard of is listed all the same.
final class PluginCards {

    /// The sorts, in the order of their chips.
    enum Sort {
        AI("fth-cpu"),
        SECURITY("fth-shield"),
        TRAFFIC("fth-sliders"),
        TRANSFORM("fth-shuffle"),
        LOGGING("fth-file-text"),
        OTHER("fth-layers");

        private final String icon;

        Sort(String icon) {
            this.icon = icon;
        }

        String key() {
            return "catalogue." + name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> LOGGERS =
            List.of("log", "prometheus", "statsd", "datadog", "zipkin", "opentelemetry");

    private PluginCards() {}

    static Sort sort(String plugin) {
        if (plugin.startsWith("ai-")) {
            return Sort.AI;
        }
        if (LOGGERS.stream().anyMatch(plugin::endsWith)) {
            return Sort.LOGGING;
        }
        if (plugin.contains("auth")
                || plugin.equals("acl")
                || plugin.equals("jwt")
                || plugin.equals("cors")
                || plugin.contains("restriction")
                || plugin.equals("bot-detection")) {
            return Sort.SECURITY;
        }
        if (plugin.contains("limiting")
                || plugin.contains("cache")
                || plugin.contains("termination")) {
            return Sort.TRAFFIC;
        }
        return plugin.contains("transformer") || plugin.equals("correlation-id")
                ? Sort.TRANSFORM
                : Sort.OTHER;
    }

    static String icon(String plugin) {
        return switch (plugin) {
            case "ai-models" -> "fth-grid";
            case "ai-prompt-guard" -> "fth-shield";
            case "ai-prompt-decorator" -> "fth-edit-3";
            case "ai-prompt-template" -> "fth-layout";
            case "key-auth" -> "fth-key";
            case "prometheus" -> "fth-bar-chart-2";
            default -> sort(plugin).icon;
        };
    }

    static String purpose(Messages messages, String plugin) {
        var key = new StringBuilder("pluginPurpose.");
        for (String word : plugin.split("-", -1)) {
            key.append(
                    key.toString().endsWith(".") || word.isEmpty()
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return messages.has(key.toString()) ? messages.get(key.toString()) : "";
    }
}
