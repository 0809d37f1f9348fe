package dev.torii.engine.dialect.embedding;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.EmbeddingRequest;
import dev.torii.model.llm.EmbeddingRequest.Input;
import dev.torii.model.llm.Losses;
import java.util.ArrayList;
import java.util.List;

/// What is to be embedded, in as many batches as a provider wants.
final class Inputs {

    private Inputs() {}

    /// All texts, for those who take nothing else.
    ///
    /// @throws UnsayableException where tokens are among them
    static List<String> texts(EmbeddingRequest request) throws UnsayableException {
        List<String> texts = new ArrayList<>();
        for (Input input : request.inputs()) {
            switch (input) {
                case Input.Text(var text) -> texts.add(text);
                case Input.Tokens _ ->
                        throw new UnsayableException(
                                "input: %s takes texts, no tokens; send the text itself"
                                        .formatted(request.model()));
            }
        }
        return texts;
    }

    static <T> List<List<T>> batches(List<T> all, int most) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            batches.add(all.subList(from, Math.min(from + most, all.size())));
        }
        return batches;
    }

    static ArrayNode array(List<String> texts) {
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    /// Counts what only OpenAI's dialect says.
    static void countUnsaid(EmbeddingRequest request, Losses losses) {
        losses.droppedIf(request.endUser() != null, "user");
        request.extra().fields().fieldNames().forEachRemaining(losses::dropped);
    }
}
