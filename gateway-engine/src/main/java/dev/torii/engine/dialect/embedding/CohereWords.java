package dev.torii.engine.dialect.embedding;

import dev.torii.model.llm.EmbeddingRequest.Purpose;
import dev.torii.model.llm.Losses;
import org.jspecify.annotations.Nullable;

/// Cohere's `input_type`, which has to be said, whoever serves the model.
final class CohereWords {

    private CohereWords() {}

    static String of(@Nullable Purpose purpose, Losses losses) {
        return switch (purpose) {
            case QUERY -> "search_query";
            case DOCUMENT -> "search_document";
            case CLASSIFICATION -> "classification";
            case CLUSTERING -> "clustering";
            case SIMILARITY -> {
                losses.approximated("input_type");
                yield "clustering";
            }
            case null -> "search_document";
        };
    }
}
