package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.engine.fake.ToolUser;
import dev.torii.model.json.Json;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Codex works with models of other vendors.
class CodexNpmIT extends NpmBench {

    private static final String SAYS = "It printed 四十二";

    @BeforeEach
    void pointAtTheGateway() throws Exception {
        Files.writeString(
                Files.createDirectories(folder.resolve(".codex")).resolve("config.toml"),
                """
                model_provider = "torii"
                check_for_update_on_startup = false

                [model_providers.torii]
                name = "Torii"
                base_url = "%s/v1"
                wire_api = "responses"
                request_max_retries = 0
                stream_max_retries = 0

                [analytics]
                enabled = false
                """
                        .formatted(gateway.url()));
    }

    /// The events of a turn.
    private List<JsonNode> ask(ToolUser model, String name) throws Exception {
        String out =
                run(
                        model,
                        Map.of(),
                        "node_modules/@openai/codex/bin/codex.js",
                        "exec",
                        "--json",
                        "--model",
                        name,
                        "--skip-git-repo-check",
                        "--dangerously-bypass-approvals-and-sandbox",
                        "Do it");
        List<JsonNode> events = new ArrayList<>();
        for (String line : out.lines().toList()) {
            events.add(Json.parse(line));
        }
        assertThat(items(events, "agent_message"))
                .as("%s\n%s", out, model.requests())
                .last()
                .satisfies(item -> assertThat(item.path("text").textValue()).isEqualTo(SAYS));
        JsonNode last = events.getLast();
        assertThat(last.path("type").textValue()).isEqualTo("turn.completed");
        assertThat(last.at("/usage/input_tokens").intValue()).isEqualTo(80);
        assertThat(last.at("/usage/output_tokens").intValue()).isEqualTo(14);
        return events;
    }

    private static List<JsonNode> items(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> "item.completed".equals(event.path("type").textValue()))
                .map(event -> event.path("item"))
                .filter(item -> type.equals(item.path("type").textValue()))
                .toList();
    }

    private void runsACommand(ToolUser model, String name) throws Exception {
        List<JsonNode> events = ask(model, name);

        JsonNode command = items(events, "command_execution").getFirst();
        assertThat(command.path("aggregated_output").textValue()).contains("torii-42");
        assertThat(command.path("exit_code").intValue()).isZero();
        assertThat(model.result()).contains("torii-42");
    }

    @Test
    void runsACommandForClaude() throws Exception {
        ToolUser model =
                ToolUser.anthropic(
                        "exec_command", Json.object().put("cmd", "echo torii-$((6*7))"), SAYS);

        runsACommand(model, "anthropic/claude-sonnet-4-5");

        assertThat(Json.text(model.requestWithResult().path("messages")))
                .contains("\"signature\":\"c2ln/+==\"");
    }

    @Test
    void runsACommandForGemini() throws Exception {
        ToolUser model =
                ToolUser.gemini(
                        "exec_command", Json.object().put("cmd", "echo torii-$((6*7))"), SAYS);

        runsACommand(model, "gemini/gemini-3-pro");

        assertThat(Json.text(model.requestWithResult().path("contents")))
                .contains("\"thoughtSignature\":\"c2ln/+==\"");
    }

    /// With a model that Codex knows, `apply_patch` takes free text.
    @Test
    void appliesAPatchOfClaudes() throws Exception {
        String patch =
                """
                *** Begin Patch
                *** Add File: gate.txt
                +鳥居 "42"
                *** End Patch\
                """;
        ToolUser model = ToolUser.anthropic("apply_patch", Json.object().put("input", patch), SAYS);

        ask(model, "gpt-5.5");

        assertThat(clients.work().resolve("gate.txt")).hasContent("鳥居 \"42\"");
        assertThat(model.result()).contains("gate.txt");
    }
}
