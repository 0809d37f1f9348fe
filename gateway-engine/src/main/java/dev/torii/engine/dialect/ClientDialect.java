package dev.torii.engine.dialect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a client speaks: its requests are read, its answers written. One instance serves all
/// exchanges. Found through `ServiceLoader`; annotate with `@AutoService(ClientDialect.class)`.
public interface ClientDialect {

    /// As in [dev.torii.model.llm.Extra] and [dev.torii.model.llm.Seal], and in `llm_format`.
    String name();

    /// Whose dialect it is, as in `model.provider`.
    default String vendor() {
        return name();
    }

    /// What a request to this path asks for; null when the path is none of this dialect's. Looked
    /// at from its end, since a route may put anything before.
    ///
    /// @param path without query and trailing slash
    @Nullable Operation operation(String path);

    /// What a request asks for whose path does not say.
    default Operation usual() {
        return Operation.CHAT;
    }

    /// Whether headers that only clients of this dialect send are there.
    ///
    /// @param header a header's value by its name, null where there is none
    default boolean marked(Function<String, @Nullable String> header) {
        return false;
    }

    /// Whether a body is of this dialect and of no other.
    boolean recognizes(ObjectNode body);

    /// Whether a body holds a conversation, of at least one message.
    boolean holdsChat(ObjectNode body);

    /// The model that the client asks for; null when it names none.
    default @Nullable String model(String path, ObjectNode body) {
        String model = body.path("model").textValue();
        return model == null || model.isEmpty() ? null : model;
    }

    /// Whether the client wants a stream: in a body only a JSON `true` says so.
    default boolean streams(String path, ObjectNode body) {
        return body.path("stream").booleanValue();
    }

    /// What a request asks for in its headers of what its vendor has not released yet, by name.
    ///
    /// @param header as for [#marked]
    default List<String> betas(Function<String, @Nullable String> header) {
        return List.of();
    }

    /// The dialect as it is spoken to a request with this query: some say there what their streams
    /// are made of.
    ///
    /// @param query the first value of an argument by its name, null where there is none
    default ClientDialect asked(Function<String, @Nullable String> query) {
        return this;
    }

    /// The type of its streams.
    default String streamType() {
        return "text/event-stream";
    }

    /// Reads a request.
    ///
    /// @throws UnsayableException when the body is not what the dialect promises; the message names
    ///   the field and what was expected
    LlmRequest readRequest(ObjectNode body) throws UnsayableException;

    /// Puts messages before and after the client's own, each list in its order; a system message
    /// becomes what is one in this dialect.
    ///
    /// @param before each with `role` (`system`, `user` or `assistant`) and `content`, a text
    void surround(ObjectNode body, List<ObjectNode> before, List<ObjectNode> after);

    /// Whether nothing is written in this dialect but refusals, so that only providers that speak
    /// it can be asked.
    default boolean onlyPasses() {
        return false;
    }

    /// Whether its answers, streamed or not, tell where their texts were found.
    default boolean cites() {
        return false;
    }

    /// Whether its answers, streamed or not, tell how likely their tokens were.
    default boolean weighs() {
        return false;
    }

    /// Whether its answers, streamed or not, can hold pictures.
    default boolean shows() {
        return false;
    }

    /// Writes a whole answer.
    ///
    /// @param request what the answer is for
    byte[] writeAnswer(LlmAnswer answer, LlmRequest request);

    /// Writes the stream that answers this request.
    EventWriter writer(LlmRequest request);

    /// Whether an answer can say that it ended in an error. Where it cannot, such an answer is told
    /// as an error itself.
    default boolean endsInErrors() {
        return true;
    }

    byte[] writeError(LlmError error);

    /// The status that goes with it.
    default int status(LlmError error) {
        return error.kind().status();
    }

    /// Writes the last event of a stream that broke off.
    ///
    /// @param number of the event, in dialects that number theirs
    byte[] writeFailure(LlmError error, int number);

    /// Writes how many tokens a request would take; only where [#operation] knows such a question.
    default byte[] writeCount(long tokens) {
        throw new UnsupportedOperationException(name() + " counts no tokens");
    }

    /// The model that a question for one of the [models][Operation#MODELS] names, which may hold
    /// slashes and colons; null when it asks for all of them.
    default @Nullable String listedModel(String path) {
        int models = path.indexOf("/models/");
        return models < 0
                ? null
                : URLDecoder.decode(
                        path.substring(models + 8).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /// Writes one model; only where [#operation] knows such a question.
    default byte[] writeModel(ModelCard model) {
        throw new UnsupportedOperationException(name() + " lists no models");
    }

    /// Writes a list of models; only where [#operation] knows such a question.
    default byte[] writeModels(List<ModelCard> models) {
        throw new UnsupportedOperationException(name() + " lists no models");
    }
}
