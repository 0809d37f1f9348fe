package dev.torii.engine.plugin.aiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.plugin.PluginBench;
import dev.torii.model.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiProxyFactoryTest {

    private final PluginBench bench = new PluginBench(new AiProxyFactory());

    @Test
    void fillsInTheDefaults() {
        var config =
                bench.config(
                        "{'route_type':'llm/v1/chat','model':{'provider':'openai','options':{}}}");

        assertThat(config.get("auth").isNull()).isTrue();
        assertThat(config.get("max_request_body_size").intValue()).isEqualTo(33_554_432);
        assertThat(config.get("response_streaming").textValue()).isEqualTo("allow");
        assertThat(config.get("model_name_header").booleanValue()).isTrue();
        assertThat(config.get("llm_format").textValue()).isEqualTo("openai");
        assertThat(config.get("logging").toString())
                .isEqualTo("{\"log_statistics\":false,\"log_payloads\":false}");
        assertThat(config.at("/model/options/azure_api_version").textValue())
                .isEqualTo("2023-05-15");
    }

    @Test
    void takesTheConfigurationOfTheHandsOn() {
        assertThat(
                        bench.faults(
                                """
                                {'route_type':'llm/v1/chat',
                                 'auth':{'header_name':'Authorization','header_value':'Bearer sk-x'},
                                 'model':{'provider':'openai','name':'gpt-4o-mini',
                                          'options':{'max_tokens':1024,'temperature':0.7}},
                                 'logging':{'log_statistics':true,'log_payloads':true}}\
                                """))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'max_request_body_size':0 | max_request_body_size: value must be greater than 0
                    'response_streaming':'no' | response_streaming: expected one of: allow, deny, always
                    'llm_format':'x' | llm_format: expected one of: openai, openai-responses, anthropic, gemini, bedrock, auto
                    'logging':{'log_payloads':1} | logging.log_payloads: expected a boolean
                    'auth':{'param_location':'x'} | auth.param_location: expected one of: query, body
                    """)
    void namesTheFieldThatIsWrong(String field, String fault) {
        assertThat(
                        bench.faults(
                                "{'route_type':'llm/v1/chat','model':{'provider':'openai'},"
                                        + field
                                        + "}"))
                .containsExactly("config." + fault);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'temperature':5.1 | temperature: value should be between 0 and 5
                    'top_p':1.5 | top_p: value should be between 0 and 1
                    'top_k':501 | top_k: value should be between 0 and 500
                    'max_tokens':1.5 | max_tokens: expected an integer
                    'input_cost':0 | input_cost: value must be greater than 0
                    'upstream_url':'/v1' | upstream_url: missing host in url
                    'upstream_url':'ftp://host/v1' | upstream_url: expected an http:// or https:// address, got 'ftp://host/v1'
                    'x':1 | x: unknown field
                    """)
    void namesTheOptionThatIsWrong(String option, String fault) {
        assertThat(
                        bench.faults(
                                "{'route_type':'llm/v1/chat','model':{'provider':'openai','options':{"
                                        + option
                                        + "}}}"))
                .containsExactly("config.model.options." + fault);
    }

    @Test
    void knowsTheNamesOfAllProvidersAndRouteTypes() {
        assertThat(bench.faults("{'route_type':'x','model':{'provider':'x'}}"))
                .containsExactly(
                        "config.route_type: expected one of: llm/v1/chat, llm/v1/completions,"
                                + " llm/v1/embeddings, llm/v1/responses, llm/v1/files,"
                                + " llm/v1/batches, llm/v1/assistants, audio/v1/audio/speech,"
                                + " audio/v1/audio/transcriptions, audio/v1/audio/translations,"
                                + " image/v1/images/generations, image/v1/images/edits, preserve",
                        "config.model.provider: expected one of: openai, azure, anthropic, cohere,"
                                + " mistral, llama2, gemini, bedrock, huggingface, cerebras, deepseek,"
                                + " groq, llamacpp, lmstudio, ollama, openrouter, perplexity, together, vllm,"
                                + " xai, zai");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {'provider':'llama2','options':{'upstream_url':'http://h/v1'}} | must set 'model.options.llama2_format' for llama2 provider
                    {'provider':'llama2','options':{'llama2_format':'raw'}} | must set 'model.options.upstream_url' for self-hosted providers/models
                    {'provider':'mistral'} | must set 'model.options.mistral_format' for mistral provider
                    {'provider':'anthropic'} | must set 'model.options.anthropic_version' for anthropic provider
                    {'provider':'azure','options':{'azure_deployment_id':'d'}} | must set 'model.options.azure_instance' for azure provider
                    {'provider':'azure','options':{'azure_instance':'i'}} | must set 'model.options.azure_deployment_id' for azure provider
                    {'provider':'azure','options':{'azure_instance':'i','azure_deployment_id':'d','azure_api_version':null}} | must set 'model.options.azure_api_version' for azure provider
                    """)
    void asksForWhatAProviderNeeds(String model, String fault) {
        assertThat(bench.faults("{'route_type':'llm/v1/chat','model':" + model + "}"))
                .containsExactly("config.@entity: " + fault);
    }

    @Test
    void wantsCredentialsWhole() {
        assertThat(auth("{'header_name':'Authorization'}"))
                .containsExactly(
                        "config.@entity: all or none of these fields must be set:"
                                + " 'auth.header_name', 'auth.header_value'");
        assertThat(auth("{'param_name':'key','param_value':'k'}"))
                .containsExactly(
                        "config.@entity: all or none of these fields must be set:"
                                + " 'auth.param_name', 'auth.param_value', 'auth.param_location'");
    }

    @Test
    void refusesAHeaderThatHttpCannotCarryWithoutRepeatingTheKey() {
        assertThat(auth("{'header_name':'Auth orization','header_value':'Bearer sk-x'}"))
                .containsExactly(
                        "config.auth.header_name: 'Auth orization' is not the name of a header");
        assertThat(auth("{'header_name':'Authorization','header_value':'Bearer sk-x\\n'}"))
                .containsExactly(
                        "config.auth.header_value: contains a line break or another control"
                                + " character; paste the key as one line");
    }

    private List<String> auth(String auth) {
        return bench.faults(
                "{'route_type':'llm/v1/chat','model':{'provider':'openai'},'auth':" + auth + "}");
    }

    @Test
    void wantsTheVertexFieldsWhole() {
        assertThat(
                        bench.faults(
                                "{'route_type':'llm/v1/chat','model':{'provider':'gemini','options':{'gemini':{'project_id':'p'}}}}"))
                .containsExactly(
                        "config.model.options.gemini.@entity: all or none of these fields must be"
                                + " set: 'api_endpoint', 'project_id', 'location_id'");
    }

    @Test
    void letsNoClientKeyOverrideASignature() {
        for (String provider : new String[] {"gemini", "bedrock"}) {
            String model = "{'route_type':'llm/v1/chat','model':{'provider':'" + provider + "'}";
            assertThat(bench.faults(model + ",'auth':{'allow_override':true}}"))
                    .containsExactly(
                            "config.@entity: bedrock and gemini only support auth.allow_override ="
                                    + " false");
            assertThat(bench.faults(model + "}")).isEmpty();
        }
    }

    @Test
    void refusesStatisticsThatAnthropicDoesNotGive() {
        assertThat(
                        bench.faults(
                                "{'route_type':'llm/v1/completions','logging':{'log_statistics':true},"
                                        + "'model':{'provider':'anthropic','options':{'anthropic_version':'2023-06-01'}}}"))
                .containsExactly(
                        "config.@entity: anthropic does not support statistics when route_type is"
                                + " llm/v1/completions");
    }

    @Test
    void tiesNativeFormatsToTheirProviders() {
        assertThat(bench.faults(nativeFormat("gemini", "preserve", "gemini")))
                .contains(
                        "@entity: native provider options in llm_format can only be used with the"
                                + " 'llm/v1/chat' route_type");
        assertThat(bench.faults(nativeFormat("gemini", "llm/v1/chat", "openai"))).isEmpty();
        assertThat(bench.faults(nativeFormat("bedrock", "llm/v1/chat", "gemini")))
                .contains(
                        "@entity: native llm_format 'bedrock' can only be used with the 'bedrock'"
                                + " model.provider");
        assertThat(bench.faults(nativeFormat("bedrock", "llm/v1/chat", "bedrock"))).isEmpty();
    }

    private static String nativeFormat(String format, String routeType, String provider) {
        return "{'llm_format':'%s','route_type':'%s','model':{'provider':'%s'}}"
                .formatted(format, routeType, provider);
    }

    @Test
    void keepsKeysSealedAndHidesThemInText() {
        var config =
                AiProxyConfig.from(
                        bench.config(
                                "{'route_type':'llm/v1/chat','model':{'provider':'openai'},"
                                        + "'auth':{'header_name':'Authorization','header_value':'Bearer sk-x'}}"));

        assertThat(config.toString()).doesNotContain("sk-x");
    }

    @ParameterizedTest
    @CsvSource({
        "openai, llm/v1/chat, openai, false",
        "anthropic, llm/v1/chat, openai, false",
        "gemini, llm/v1/chat, gemini, false",
        "openai, llm/v1/chat, gemini, true",
        "openai, llm/v1/chat, auto, true",
        "anthropic, llm/v1/chat, anthropic, true",
        "groq, llm/v1/chat, openai, true",
        "openai, llm/v1/embeddings, openai, true",
    })
    void knowsWhatKongWouldRefuse(String provider, String route, String format, boolean refused) {
        ObjectNode config = Json.object().put("route_type", route).put("llm_format", format);
        config.putObject("model").put("provider", provider);
        assertThat(new AiProxyFactory().isToriiOnly(config)).isEqualTo(refused);
    }
}
