package dev.torii.engine.plugin;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/// The contract, for all plugins that ship with the engine.
class InstalledPluginsTest extends PluginContract {

    @Override
    Stream<PluginFactory> factories() {
        return ServiceLoader.load(PluginFactory.class).stream().map(ServiceLoader.Provider::get);
    }

    @Override
    Map<String, Integer> priorities() {
        return Map.of(
                "key-auth", 1250,
                "ai-prompt-template", 773,
                "ai-prompt-decorator", 772,
                "ai-prompt-guard", 771,
                "ai-models", 770,
                "ai-proxy", 770,
                "prometheus", 13,
                "file-log", 9);
    }

    @Override
    String smallestConfig(String plugin) {
        return switch (plugin) {
            case "ai-prompt-decorator" ->
                    "{'prompts':{'prepend':[{'role':'system','content':'Be brief.'}]}}";
            case "ai-prompt-guard" -> "{'deny_patterns':['x']}";
            case "ai-prompt-template" -> "{'templates':[{'name':'a','template':'{}'}]}";
            case "ai-proxy" ->
                    "{'route_type':'llm/v1/chat','model':{'provider':'openai','name':'gpt-4o-mini'},"
                            + "'auth':{'header_name':'Authorization','header_value':'Bearer x'}}";
            case "ai-models" -> "{'targets':[{'model':{'provider':'openai'}}]}";
            case "file-log" -> "{'path':'requests.jsonl'}";
            default -> "{}";
        };
    }

    @Override
    Set<String> unread() {
        // Prompts are found by their shape, in whatever dialect.
        return Set.of("ai-prompt-guard/llm_format", "ai-prompt-decorator/llm_format");
    }
}
