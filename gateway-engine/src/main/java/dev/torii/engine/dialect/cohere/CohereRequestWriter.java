package dev.torii.engine.dialect.cohere;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.OfferedTools;
import dev.torii.engine.dialect.Unsaid;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;
import dev.torii.model.llm.OutputFormat;
import dev.torii.model.llm.Sampling;
import dev.torii.model.llm.Tool;
import dev.torii.model.llm.ToolChoice;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes the body of `POST /v2/chat`: model, tools and messages first, then the rest.
final class CohereRequestWriter {

    private static final String DOCUMENTS = "documents";

    /// Fields that no other vendor has, so that a client who sends one means Cohere.
    private static final Set<String> OWN =
            Set.of(DOCUMENTS, "citation_options", "safety_mode", "strict_tools", "priority");

    private static final int MOST_STOP_SEQUENCES = 5;

    private final LlmRequest request;
    private final Losses losses;

    CohereRequestWriter(LlmRequest request, Losses losses) {
        this.request = request;
        this.losses = losses;
    }

    ObjectNode json() throws UnsayableException {
        Unsaid.severalAnswers(request);
        var turns = new CohereTurns(losses);
        ArrayNode messages = turns.messages(request.messages());
        ObjectNode json = Json.object().put("model", request.model());
        tools(json);
        json.set("messages", messages);
        format(json);
        if (request.limit() != null) {
            json.put("max_tokens", request.limit().tokens());
        }
        CohereThinking.write(json, request, losses);
        sampling(json, request.sampling());
        losses.droppedIf(request.verbosity() != null, "verbosity");
        Unsaid.session(request.session(), losses);
        if (request.stream()) {
            json.put("stream", true);
        }
        Unsaid.extra(json, request.extra(), CohereDialect.NAME, OWN, losses);
        documents(json, turns.documents());
        return json;
    }

    /// Behind those that the client gave by Cohere's name stand those that were in its messages.
    private static void documents(ObjectNode json, ArrayNode ofMessages) {
        if (!ofMessages.isEmpty()) {
            ArrayNode documents = Json.array();
            json.path(DOCUMENTS).forEach(documents::add);
            json.set(DOCUMENTS, documents.addAll(ofMessages));
        }
    }

    private void tools(ObjectNode json) throws UnsayableException {
        List<Tool.Function> functions = OfferedTools.of(request, losses);
        if (functions.isEmpty()) {
            return;
        }
        ArrayNode tools = json.putArray("tools");
        functions.forEach(function -> tools.add(OfferedTools.json(function, losses)));
        if (OfferedTools.forced(request)) {
            json.put("tool_choice", "REQUIRED");
        } else if (request.toolChoice() instanceof ToolChoice.None) {
            json.put("tool_choice", "NONE");
        }
        strict(json, functions);
        losses.droppedIf(Boolean.FALSE.equals(request.parallelToolCalls()), "parallel_tool_calls");
    }

    /// Cohere is strict with all tools of a request or with none, and only where each needs a
    /// parameter.
    private void strict(ObjectNode json, List<Tool.Function> functions) {
        if (functions.stream().noneMatch(CohereRequestWriter::isStrict)) {
            return;
        }
        boolean all =
                functions.stream()
                        .allMatch(function ->
                                isStrict(function)
                                        && function.parameters() != null
                                        && !function.parameters().path("required").isEmpty());
        if (all) {
            json.put("strict_tools", true);
        }
        losses.droppedIf(!all, "strict");
    }

    private static boolean isStrict(Tool.Function function) {
        return Boolean.TRUE.equals(function.strict());
    }

    private void format(ObjectNode json) {
        switch (request.format()) {
            case OutputFormat.JsonObject _ ->
                    json.putObject("response_format").put("type", "json_object");
            case OutputFormat.JsonSchema schema ->
                    json.putObject("response_format")
                            .put("type", "json_object")
                            .set("json_schema", new CohereSchema(losses).known(schema.schema()));
            case OutputFormat.Text _ -> json.putObject("response_format").put("type", "text");
            case null -> {}
        }
    }

    private void sampling(ObjectNode json, Sampling sampling) {
        put(json, "temperature", sampling.temperature(), "0", "1");
        put(json, "p", sampling.topP(), "0.01", "0.99");
        if (sampling.topK() != null) {
            losses.approximatedIf(sampling.topK() > 500, "top_k");
            json.put("k", Math.min(sampling.topK(), 500));
        }
        put(json, "frequency_penalty", sampling.frequencyPenalty(), "0", "1");
        put(json, "presence_penalty", sampling.presencePenalty(), "0", "1");
        if (sampling.seed() != null) {
            json.put("seed", sampling.seed());
        }
        List<String> stop = sampling.stop();
        if (!stop.isEmpty()) {
            ArrayNode sequences = json.putArray("stop_sequences");
            stop.stream().limit(MOST_STOP_SEQUENCES).forEach(sequences::add);
            losses.approximatedIf(stop.size() > MOST_STOP_SEQUENCES, "stop");
        }
        Unsaid.tokens(sampling, losses);
    }

    /// A number within what Cohere takes.
    private void put(
            ObjectNode json, String field, @Nullable BigDecimal given, String least, String most) {
        if (given == null) {
            return;
        }
        BigDecimal taken = given.max(new BigDecimal(least)).min(new BigDecimal(most));
        losses.approximatedIf(taken.compareTo(given) != 0, field.equals("p") ? "top_p" : field);
        json.put(field, taken);
    }
}
