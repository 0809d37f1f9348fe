package dev.torii.engine.plugin;

import static dev.torii.engine.plugin.PluginBench.decision;
import static dev.torii.engine.plugin.PluginBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The AI plugins together, in the order of their priorities.
class AiPluginsTest {

    private static final Map<String, String> CONFIGS =
            Map.of(
                    "ai-proxy",
                    "{'route_type':'llm/v1/chat','model':{'provider':'openai','name':'gpt-4o-mini'}}",
                    "ai-prompt-guard",
                    "{'deny_patterns':['.*登山.*'],'match_all_roles':true}",
                    "ai-prompt-decorator",
                    "{'prompts':{'prepend':[{'content':'あなたは優秀なアシスタントです'}]}}",
                    "ai-prompt-template",
                    "{'templates':[{'name':'ask','template':'{}'}]}");

    private final List<PluginHandler> chain =
            PluginRegistry.discovered().types().stream()
                    .filter(type -> CONFIGS.containsKey(type.name()))
                    .sorted(Comparator.comparingInt(PluginType::priority).reversed())
                    .map(type -> handler(type.name()))
                    .toList();

    private static PluginHandler handler(String name) {
        PluginFactory factory = PluginRegistry.discovered().find(name).orElseThrow();
        return new PluginBench(factory).handler(CONFIGS.getOrDefault(name, "{}"));
    }

    @Test
    void decorateGuardAndThenCall() {
        Exchange exchange = asking("海の話");

        assertThat(run(exchange)).isEqualTo("proceed");

        assertThat(exchange.llm()).isNotNull();
        assertThat(new String(exchange.body().bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"あなたは優秀なアシスタントです\"},"
                                + "{\"role\":\"user\",\"content\":\"海の話\"}]}");
    }

    @Test
    void makeNoCallOfARefusedPrompt() {
        Exchange exchange = asking("登山の話");

        assertThat(run(exchange)).isEqualTo(refused("bad request"));

        assertThat(exchange.llm()).isNull();
    }

    private String run(Exchange exchange) {
        assertThat(chain).hasSize(4);
        return chain.stream()
                .map(handler -> decision(handler, exchange))
                .filter(decision -> !decision.equals("proceed"))
                .findFirst()
                .orElse("proceed");
    }

    private static Exchange asking(String content) {
        return Exchanges.withBody(
                "{\"messages\": [{\"role\": \"user\", \"content\": \"" + content + "\"}]}");
    }
}
