package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.ToolUser;
import dev.torii.model.json.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// OpenAI's and Anthropic's SDKs for Node stream a turn with a tool from another vendor's model.
class SdksNpmIT extends NpmBench {

    private static final ObjectNode PLACE = Json.object().put("place", "奈良");
    private static final String SAYS = "奈良は42度です";

    private JsonNode answer(ToolUser model, String script, String name) throws Exception {
        return Json.parse(run(model, Map.of("TORII_URL", gateway.url(), "MODEL", name), script));
    }

    @Test
    void chatsWithClaude() throws Exception {
        ToolUser model = ToolUser.anthropic("temperature", PLACE, SAYS);

        JsonNode answer = answer(model, "chat.mjs", "anthropic/claude-sonnet-4-5");

        assertThat(model.result()).contains("42 degrees at 奈良");
        assertThat(answer)
                .isEqualTo(
                        Json.object()
                                .put("finish", "tool_calls")
                                .put("text", SAYS)
                                .put("input", 40)
                                .put("output", 7));
    }

    @Test
    void speaksResponsesWithClaude() throws Exception {
        ToolUser model = ToolUser.anthropic("temperature", Json.object().put("input", "奈良"), SAYS);

        JsonNode answer = answer(model, "responses.mjs", "anthropic/claude-sonnet-4-5");

        assertThat(model.result()).contains("42 degrees at 奈良");
        assertThat(answer)
                .isEqualTo(
                        Json.object()
                                .put("finish", "completed")
                                .put("thought", "調べる")
                                .put("text", SAYS)
                                .put("input", 40)
                                .put("output", 7));
        assertThat(model.requestWithResult().at("/messages/1/content/0"))
                .isEqualTo(
                        Json.object()
                                .put("type", "thinking")
                                .put("thinking", "調べる")
                                .put("signature", "c2ln/+=="));
    }

    @Test
    void speaksMessagesWithGemini() throws Exception {
        ToolUser model = ToolUser.gemini("temperature", PLACE, SAYS);

        JsonNode answer = answer(model, "messages.mjs", "gemini/gemini-3-pro");

        assertThat(model.result()).contains("42 degrees at 奈良");
        assertThat(answer)
                .isEqualTo(
                        Json.object()
                                .put("finish", "tool_use")
                                .put("thought", "調べる")
                                .put("text", SAYS)
                                .put("input", 40)
                                .put("output", 7));
        assertThat(Json.text(model.requestWithResult().at("/contents/1")))
                .contains("\"thoughtSignature\":\"c2ln/+==\"");
    }
}
