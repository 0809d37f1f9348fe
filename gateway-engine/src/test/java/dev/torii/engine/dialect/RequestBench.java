package dev.torii.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.chat.ChatDialect;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Loss;
import dev.torii.model.llm.Losses;
import java.util.List;

/// Says what OpenAI's clients ask in a provider's dialect, and counts what is lost on the way.
public final class RequestBench {

    private final ProviderDialect dialect;
    private final String model;
    private final Losses losses = new Losses();

    /// @param model that is asked unless a test names another one
    public RequestBench(ProviderDialect dialect, String model) {
        this.dialect = dialect;
        this.model = model;
    }

    /// What becomes of a request.
    ///
    /// @param fields of its body besides the model, as JSON without braces
    public ObjectNode written(String fields) throws Exception {
        return written(model, fields);
    }

    /// The same for another model.
    public ObjectNode written(String model, String fields) throws Exception {
        ObjectNode body = (ObjectNode) Json.parse("{\"model\":\"" + model + "\"," + fields + "}");
        return written(new ChatDialect().readRequest(body));
    }

    /// The same for a request of clients of any dialect.
    public ObjectNode written(LlmRequest request) throws Exception {
        return dialect.writeRequest(request, losses);
    }

    /// What becomes of a request in which the user says something.
    ///
    /// @param more fields, as above; may be empty
    public ObjectNode hello(String more) throws Exception {
        return hello(model, more);
    }

    /// The same for another model.
    public ObjectNode hello(String model, String more) throws Exception {
        return written(
                model,
                "\"messages\":[{\"role\":\"user\",\"content\":\"こんにちは\"}]"
                        + (more.isEmpty() ? "" : "," + more));
    }

    /// What becomes of a conversation.
    ///
    /// @param messages as JSON without brackets
    public ObjectNode conversation(String messages) throws Exception {
        return written("\"messages\":[" + messages + "]");
    }

    /// All that was lost so far.
    public List<Loss> lost() {
        return losses.all();
    }

    /// How often this was dropped.
    public int dropped(String what) {
        return count(Loss.Action.DROPPED, what);
    }

    /// How often this was said in another way.
    public int approximated(String what) {
        return count(Loss.Action.APPROXIMATED, what);
    }

    private int count(Loss.Action action, String what) {
        return losses.all().stream()
                .filter(loss -> loss.action() == action && loss.what().equals(what))
                .mapToInt(Loss::count)
                .sum();
    }

    /// Holds JSON to what is expected, the order of its fields included.
    public static void assertSame(JsonNode actual, String expected) throws Exception {
        assertThat(Json.text(actual)).isEqualTo(Json.text(Json.parse(expected)));
    }
}
