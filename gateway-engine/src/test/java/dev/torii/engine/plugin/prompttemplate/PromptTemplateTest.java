package dev.torii.engine.plugin.prompttemplate;

import static dev.torii.engine.plugin.PluginBench.decision;
import static dev.torii.engine.plugin.PluginBench.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.exchange.Exchange;
import dev.torii.engine.exchange.Exchanges;
import dev.torii.engine.exchange.FakeClientRequest;
import dev.torii.engine.plugin.PluginBench;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmBody;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PromptTemplateTest {

    private final PluginBench bench = new PluginBench(new PromptTemplateFactory());

    @Test
    void putsTheTemplateInPlaceOfTheWholeRequest() {
        Exchange exchange =
                asking(
                        "{'messages':'{template://ask}','stream':true,"
                                + "'properties':{'lang':'Java','what':'a \\\"quoted\\\"\\nline'}}");

        assertThat(decision(plugin(""), exchange)).isEqualTo("proceed");

        assertThat(text(exchange))
                .isEqualTo(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"In Java: a"
                                + " \\\"quoted\\\"\\nline. Java!\"}]}");
    }

    @Test
    void servesCompletionsToo() {
        Exchange exchange = asking("{'prompt':'{template://old}'}");

        assertThat(decision(plugin(""), exchange)).isEqualTo("proceed");

        assertThat(text(exchange)).isEqualTo("{\"prompt\":\"Once upon a time\"}");
    }

    @Test
    void doesNotReadAValueAsATemplate() {
        Exchange exchange =
                asking(
                        "{'messages':'{template://ask}','properties':{'lang':'{{what}} $1','what':'x'}}");

        assertThat(decision(plugin(""), exchange)).isEqualTo("proceed");

        assertThat(text(exchange)).contains("In {{what}} $1: x.");
    }

    @Test
    void readsJsonWhateverItIsCalled() {
        Exchange exchange = Exchanges.of(FakeClientRequest.post("/chat"));
        exchange.body(
                new LlmBody(
                        "{\"prompt\":\"{template://old}\"}".getBytes(StandardCharsets.UTF_8),
                        "text/plain"));

        assertThat(decision(plugin(""), exchange)).isEqualTo("proceed");
        assertThat(exchange.body().prompt()).isEqualTo("Once upon a time");
    }

    @Test
    void letsPlainRequestsPassUnlessToldOtherwise() {
        Exchange exchange = asking("{ 'messages' : [{'role':'user','content':'hi'}] }");

        assertThat(decision(plugin(""), exchange)).isEqualTo("proceed");
        assertThat(exchange.body().edited()).isFalse();
        assertThat(
                        decision(
                                plugin("'allow_untemplated_requests':false"),
                                asking("{'messages':[{'role':'user','content':'hi'}]}")))
                .isEqualTo(refused("this LLM route only supports templated requests"));
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        assertRefused("", "this LLM route only supports application/json requests");
        assertRefused("[1]", "this LLM route only supports application/json requests");
        assertRefused(
                "{'messages':'{template://ask}','prompt':'{template://old}'}",
                "cannot run 'messages' and 'prompt' templates at the same time");
        assertRefused(
                "{'input':'hi'}",
                "only 'llm/v1/chat' and 'llm/v1/completions' formats are supported for templating");
        assertRefused("{'messages':'{template://x}'}", "could not find template name [x]");
        assertRefused(
                "{'messages':'{template://ask}'}", "missing template parameters: [lang], [what]");
        assertRefused(
                "{'messages':'{template://ask}','properties':{'lang':'x'}}",
                "missing template parameters: [what]");
        assertRefused(
                "{'messages':'{template://ask}','properties':['x']}",
                "properties must be an object");
        assertRefused(
                "{'messages':'{template://ask}','properties':{'lang':1}}",
                "property values must be a string, got number");
        assertRefused(
                "{'messages':'{template://ask}','properties':{'lang':true}}",
                "property values must be a string, got boolean");
        assertRefused(
                "{'messages':'{template://ask}','properties':{'lang':{}}}",
                "property values must be a string, got table");
        assertRefused(
                "{'messages':'{template://limit}','properties':{'n':'many'}}",
                "template [limit] does not make JSON of these properties");
    }

    private void assertRefused(String body, String message) {
        assertThat(decision(plugin(""), asking(body))).isEqualTo(refused(message));
    }

    @Test
    void logsTheOriginalRequestOnlyWhenAskedTo() {
        String body = "{'prompt':'{template://old}'}";

        Exchange silent = asking(body);
        plugin("").onRequest(silent);
        assertThat(silent.log()).isEmpty();

        Exchange logged = asking(body);
        plugin("'log_original_request':true").onRequest(logged);
        assertThat(logged.log().at("/ai/payload/original_request").textValue())
                .isEqualTo("{\"prompt\":\"{template://old}\"}");
    }

    @Test
    void wantsTemplatesThatMakeARequest() {
        assertThat(bench.faults("{}")).containsExactly("config.templates: required field missing");
        assertThat(bench.faults("{'templates':[{'name':'a','template':'Say {{x}}'}]}"))
                .containsExactly(
                        "config.templates.1.template: expected a whole request as a JSON object,"
                                + " such as"
                                + " {\"messages\":[{\"role\":\"user\",\"content\":\"{{text}}\"}]}");
    }

    private PluginHandler plugin(String more) {
        var config = PluginBench.json("{" + more + "}");
        var templates = config.putArray("templates");
        templates
                .addObject()
                .put("name", "ask")
                .put(
                        "template",
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"In {{lang}}: {{what}}."
                                + " {{lang}}!\"}]}");
        templates
                .addObject()
                .put("name", "old")
                .put("template", "{\"prompt\": \"Once upon a time\"}");
        templates
                .addObject()
                .put("name", "limit")
                .put("template", "{\"prompt\": \"hi\", \"max_tokens\": {{n}}}");
        return bench.handler(Json.text(config));
    }

    private static Exchange asking(String body) {
        return Exchanges.withBody(body.replace('\'', '"'));
    }

    private static String text(Exchange exchange) {
        return new String(exchange.body().bytes(), StandardCharsets.UTF_8);
    }
}
