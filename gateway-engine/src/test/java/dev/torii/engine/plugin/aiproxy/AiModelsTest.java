package dev.torii.engine.plugin.aiproxy;

import static dev.torii.engine.plugin.PluginBench.decision;
import static dev.torii.engine.plugin.PluginBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.exchange.LlmCall;
import dev.torii.engine.plugin.PluginBench;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.llm.LlmBody;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiModelsTest {

    private final PluginBench bench = new PluginBench(new AiModelsFactory());

    private static final String CONFIG =
            """
            {'targets':[
               {'model':{'provider':'openai'},'models':['gpt-5-mini']},
               {'model':{'provider':'anthropic','options':{'anthropic_version':'2023-06-01'}},
                'models':['claude-x'],
                'auth':{'header_name':'x-api-key','header_value':'sk'}},
               {'prefix':'local','model':{'provider':'openai','options':
                  {'upstream_url':'http://localhost:11434/v1'}}}],
             'aliases':[{'alias':'fast','model':'local/qwen3:8b'}]}\
            """;

    private static Exchange asking(String path, String body) {
        Exchange exchange =
                Exchanges.of(
                        FakeClientRequest.post(path).header("Content-Type", "application/json"));
        exchange.body(new LlmBody(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return exchange;
    }

    private static String chat(String model) {
        return "{'model':'" + model + "','messages':[{'role':'user','content':'hi'}]}";
    }

    @ParameterizedTest
    @CsvSource({
        "openai/gpt-5-mini, openai, gpt-5-mini",
        "gpt-5-mini, openai, gpt-5-mini",
        "claude-x, anthropic, claude-x",
        "anthropic/claude-9@2030, anthropic, claude-9@2030",
        "local/org/Model:Q4, openai, org/Model:Q4",
        "fast, openai, qwen3:8b",
        // What OpenAI's clients name without more is OpenAI's.
        "gpt-9, openai, gpt-9",
    })
    void sendsARequestToWhomItsModelNames(String asked, String provider, String model) {
        Exchange exchange = asking("/v1/chat/completions", chat(asked));

        assertThat(decision(bench.handler(CONFIG), exchange)).isEqualTo("proceed");

        LlmCall call = Objects.requireNonNull(exchange.llm());
        assertThat(call.target().provider()).isEqualTo(provider);
        assertThat(call.target().model()).isEqualTo(model);
    }

    @Test
    void saysWhatMayBeAskedFor() {
        PluginHandler handler = bench.handler(CONFIG);

        assertThat(decision(handler, asking("/v1/chat/completions", chat("mistral/large"))))
                .isEqualTo(
                        refused(
                                "there is no model 'mistral/large' here; ask for one of: openai/…,"
                                        + " anthropic/…, local/…, gpt-5-mini, claude-x, fast"));
        assertThat(decision(handler, asking("/v1/chat/completions", "{'messages':[{}]}")))
                .isEqualTo(
                        refused(
                                "the request names no model; expected one of: openai/…,"
                                        + " anthropic/…, local/…, gpt-5-mini, claude-x, fast"));
        assertThat(decision(handler, asking("/nowhere", "{}")))
                .isEqualTo(refused("nothing is served at /nowhere"));
    }

    @Test
    void namesOnlyThePrefixesOfManyModels() {
        String models =
                "'m" + String.join("','m", "1 2 3 4 5 6 7 8 9 10 11 12 13".split(" ")) + "'";
        PluginHandler handler =
                bench.handler(
                        "{'targets':[{'model':{'provider':'openai'},'models':[" + models + "]}]}");

        assertThat(decision(handler, asking("/v1/chat/completions", chat("mistral/large"))))
                .isEqualTo(
                        refused(
                                "there is no model 'mistral/large' here; ask for one of: openai/…,"
                                        + " or any that /v1/models lists"));
    }

    @Test
    void listsItsModels() {
        Exchange exchange = Exchanges.of(FakeClientRequest.get("/v1/models"));
        exchange.body(new LlmBody(new byte[0]));

        assertThat(decision(bench.handler(CONFIG), exchange))
                .startsWith("200 {\"object\":\"list\",\"data\":[{\"id\":\"openai/gpt-5-mini\",")
                .contains("\"id\":\"anthropic/claude-x\"", "\"id\":\"fast\"");
    }

    @Test
    void answersAProbe() {
        Exchange exchange = Exchanges.of(FakeClientRequest.get("/"));
        exchange.body(new LlmBody(new byte[0]));

        assertThat(decision(bench.handler(CONFIG), exchange)).startsWith("200 Torii is here.");
    }

    @Test
    void refusesTwoOfAPrefixAndAliasesOfNothing() {
        assertThat(
                        bench.faults(
                                """
                                {'targets':[{'model':{'provider':'openai'}},{'model':{'provider':'openai'}}],
                                 'aliases':[{'alias':'a','model':'mistral/x'}]}\
                                """))
                .containsExactly(
                        "config.targets.2.prefix: two targets have the prefix 'openai'; give one of"
                                + " them another",
                        "config.aliases.1.model: 'mistral/x' does not begin with the prefix of a"
                                + " target and a slash; the prefixes are: openai");
        assertThat(bench.faults("{'targets':[]}")).hasSize(1);
    }

    /// The settings of a provider are those of `ai-proxy`, with its rules.
    @Test
    void keepsTheRulesOfAProvidersSettings() {
        assertThat(bench.faults("{'targets':[{'model':{'provider':'azure'}}]}"))
                .anySatisfy(fault -> assertThat(fault).contains("azure_instance"));
    }
}
