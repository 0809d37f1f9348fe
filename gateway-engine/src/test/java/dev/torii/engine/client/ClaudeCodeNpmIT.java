package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.ToolUser;
import dev.torii.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Claude Code works with models of other vendors.
class ClaudeCodeNpmIT extends NpmBench {

    /// The answer is not in the question.
    private static final String COMMAND = "echo torii-$((6*7))";

    private static final String SAYS = "It printed 四十二";

    private JsonNode ask(ToolUser model, String name) throws Exception {
        String out =
                run(
                        model,
                        Map.of(
                                "ANTHROPIC_BASE_URL",
                                gateway.url(),
                                "ANTHROPIC_API_KEY",
                                "dummy",
                                "ANTHROPIC_MODEL",
                                name,
                                "ANTHROPIC_DEFAULT_HAIKU_MODEL",
                                name,
                                "DISABLE_TELEMETRY",
                                "1",
                                "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC",
                                "1"),
                        "node_modules/@anthropic-ai/claude-code/cli-wrapper.cjs",
                        "-p",
                        "Run " + COMMAND,
                        "--output-format",
                        "json",
                        "--allowedTools",
                        "Bash");
        JsonNode result = Json.parse(out);
        assertThat(result.path("is_error").booleanValue()).as(out).isFalse();
        assertThat(result.path("result").textValue()).isEqualTo(SAYS);
        assertThat(result.path("num_turns").intValue()).isEqualTo(2);
        assertThat(result.path("permission_denials")).isEmpty();
        assertThat(model.result()).contains("torii-42");
        return result;
    }

    private static ObjectNode bash() {
        return Json.object().put("command", COMMAND).put("description", "Prints a word");
    }

    @Test
    void usesAToolWithOpenAi() throws Exception {
        JsonNode result = ask(ToolUser.openAi("Bash", bash(), SAYS), "openai/gpt-5-mini");

        assertThat(result.at("/usage/input_tokens").intValue()).isEqualTo(80);
        assertThat(result.at("/usage/output_tokens").intValue()).isEqualTo(14);
    }

    @Test
    void usesAToolWithGemini() throws Exception {
        ToolUser model = ToolUser.gemini("Bash", bash(), SAYS);

        JsonNode result = ask(model, "gemini/gemini-3-pro");

        assertThat(result.at("/usage/input_tokens").intValue()).isEqualTo(80);
        assertThat(result.at("/usage/output_tokens").intValue()).isEqualTo(14);
        assertThat(Json.text(model.requestWithResult().path("contents")))
                .contains("\"thoughtSignature\":\"c2ln/+==\"");
    }

    @Test
    void usesAToolWithClaudeWhoseBytesPass() throws Exception {
        ToolUser model = ToolUser.anthropic("Bash", bash(), SAYS);

        ask(model, "anthropic/claude-sonnet-4-5");

        assertThat(model.requestWithResult().has("context_management")).isTrue();
        assertThat(Json.text(model.requestWithResult().path("messages")))
                .contains("\"signature\":\"c2ln/+==\"");
    }
}
