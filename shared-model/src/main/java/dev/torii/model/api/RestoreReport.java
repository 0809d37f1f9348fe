package dev.torii.model.api;

import java.util.List;

/// `POST /torii/history/{revision}/restore`: what it changed, or would change.
///
/// @param restored the revision whose configuration is there again
/// @param revision the number of the configuration of now
/// @param dryRun whether it was only asked about
public record RestoreReport(
        long restored, long revision, boolean dryRun, List<EntityDiff> changes) {

    public RestoreReport {
        changes = List.copyOf(changes);
    }
}
