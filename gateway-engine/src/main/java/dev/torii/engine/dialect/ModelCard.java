package dev.torii.engine.dialect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A model, as a list of models tells of it.
///
/// @param id what a client asks for
/// @param provider whose it is
/// @param inputLimit tokens; null where unknown
/// @param outputLimit likewise
public record ModelCard(
        String id,
        String provider,
        Instant created,
        @Nullable Long inputLimit,
        @Nullable Long outputLimit) {}
