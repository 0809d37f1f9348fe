package dev.torii.engine.plugin.promptdecorator;

import static dev.torii.engine.plugin.PluginBench.decision;
import static dev.torii.engine.plugin.PluginBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.plugin.PluginBench;
import dev.torii.engine.plugin.PluginHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptDecoratorTest {

    private final PluginBench bench = new PluginBench(new PromptDecoratorFactory());

    @Test
    void putsMessagesAroundThoseOfTheClient() {
        PluginHandler handler =
                bench.handler(
                        """
                        {'prompts':{'prepend':[{'role':'system','content':'あなたは優秀なアシスタントです'},
                                               {'role':'user','content':'second'}],
                                    'append':[{'content':'last'}]}}\
                        """);
        Exchange exchange =
                Exchanges.withBody(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"n\":1}");

        assertThat(decision(handler, exchange)).isEqualTo("proceed");

        assertThat(new String(exchange.body().bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                        {'messages':[{'role':'system','content':'あなたは優秀なアシスタントです'},\
                        {'role':'user','content':'second'},{'role':'user','content':'hi'},\
                        {'role':'system','content':'last'}],'n':1}\
                        """
                                .replace('\'', '"'));
    }

    @Test
    void decoratesEachRequestAfresh() {
        PluginHandler handler = bench.handler("{'prompts':{'prepend':[{'content':'one'}]}}");
        for (int i = 0; i < 2; i++) {
            Exchange exchange = Exchanges.withBody("{\"messages\":[{\"role\":\"user\"}]}");
            handler.onRequest(exchange);
            assertThat(exchange.body().messages()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{'prompt':'hi'}", "{'messages':[]}", "{'messages':'hi'}", "[1]"})
    void refusesWhatIsNoChat(String body) {
        PluginHandler handler = bench.handler("{'prompts':{'append':[{'content':'x'}]}}");

        assertThat(decision(handler, Exchanges.withBody(body.replace('\'', '"'))))
                .isEqualTo(refused("this LLM route only supports llm/chat type requests"));
    }

    @Test
    void wantsSomethingToAdd() {
        assertThat(bench.faults("{}"))
                .containsExactly(
                        "@entity: at least one of these fields must be non-empty:"
                                + " 'config.prompts.prepend', 'config.prompts.append'");
    }

    @Test
    void holdsTheLimitsOfItsPrompts() {
        String sixteen = String.join(",", Collections.nCopies(16, "{'content':'x'}"));
        assertThat(bench.faults("{'prompts':{'prepend':[" + sixteen + "]}}"))
                .contains("config.prompts.prepend: length must be at most 15");
        assertThat(bench.faults("{'prompts':{'prepend':[{'content':''}]}}"))
                .contains("config.prompts.prepend.1.content: length must be at least 1");
        assertThat(bench.faults("{'prompts':{'prepend':[{'content':'" + "x".repeat(501) + "'}]}}"))
                .contains("config.prompts.prepend.1.content: length must be at most 500");
        assertThat(bench.faults("{'prompts':{'prepend':[{'content':'x','role':'tool'}]}}"))
                .contains(
                        "config.prompts.prepend.1.role: expected one of: system, assistant, user");
    }
}
