package dev.torii.engine.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.fake.FakeUpstream.Answer;
import dev.torii.engine.fake.FakeUpstream.Received;
import dev.torii.model.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A model that calls a tool where it is offered, and says its sentence once it has seen the
/// result. Clients ask for other things on the side, such as a title; they get the sentence, too.
public final class ToolUser implements Answer {

    private final Vendor vendor;
    private final String tool;
    private final ObjectNode arguments;
    private final String text;
    private final List<Received> seen = new CopyOnWriteArrayList<>();

    private ToolUser(Vendor vendor, String tool, ObjectNode arguments, String text) {
        this.vendor = vendor;
        this.tool = tool;
        this.arguments = arguments;
        this.text = text;
    }

    /// One that speaks OpenAI's Chat Completions.
    public static ToolUser openAi(String tool, ObjectNode arguments, String text) {
        return new ToolUser(Vendor.OPENAI, tool, arguments, text);
    }

    /// One that speaks Anthropic's Messages, and thinks before it calls.
    public static ToolUser anthropic(String tool, ObjectNode arguments, String text) {
        return new ToolUser(Vendor.ANTHROPIC, tool, arguments, text);
    }

    /// One that speaks Gemini, and thinks before it calls.
    public static ToolUser gemini(String tool, ObjectNode arguments, String text) {
        return new ToolUser(Vendor.GEMINI, tool, arguments, text);
    }

    @Override
    public void write(Received request, OutputStream out) throws IOException, InterruptedException {
        seen.add(request);
        JsonNode asked = json(request);
        boolean calls = vendor.result(asked) == null && vendor.tools(asked).anyMatch(tool::equals);
        FakeUpstream.stream(calls ? vendor.call(tool, arguments) : vendor.text(text))
                .write(request, out);
    }

    /// What is no JSON object asks for nothing.
    private static JsonNode json(Received request) {
        JsonNode json = Json.parseObjectOrNull(request.body());
        return json == null ? Json.object() : json;
    }

    /// The first request that tells what the call came to.
    public JsonNode requestWithResult() {
        return seen.stream()
                .map(ToolUser::json)
                .filter(request -> vendor.result(request) != null)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no result of " + tool + " came:\n" + requests()));
    }

    /// What the call came to.
    public String result() {
        return Json.text(Objects.requireNonNull(vendor.result(requestWithResult())));
    }

    /// All that was asked, for who looks for what went wrong.
    public String requests() {
        return seen.stream()
                .map(request ->
                        request.method()
                                + " "
                                + request.target()
                                + " "
                                + request.headers()
                                + "\n"
                                + request.text())
                .collect(Collectors.joining("\n\n"));
    }
}
