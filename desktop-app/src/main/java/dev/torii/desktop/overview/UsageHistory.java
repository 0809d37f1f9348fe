package dev.torii.desktop.overview;

import dev.torii.desktop.client.AdminClient;
import dev.torii.desktop.client.AdminProblem;
import dev.torii.desktop.client.UsageQuery;
import dev.torii.desktop.client.UsageQuery.Bucket;
import dev.torii.desktop.client.UsageQuery.GroupBy;
import dev.torii.desktop.live.UsageFrame;
import dev.torii.desktop.live.UsageFrames;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Asks the ledger for what a frame of a longer range needs.
final class UsageHistory {

    private final AdminClient client;
    private final InstantSource clock;

    UsageHistory(AdminClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// A frame whose last step holds this moment. Blocks.
    UsageFrame load(Range range, GroupBy group) throws AdminProblem {
        long step = range.step().toSeconds();
        Instant to = Instant.ofEpochSecond((clock.instant().getEpochSecond() / step + 1) * step);
        Instant from = to.minus(range.length());
        Duration length = range.length();
        return UsageFrames.of(
                from,
                range.step(),
                range.steps(),
                group,
                client.usage(new UsageQuery(from, to, range.bucket(), group)),
                client.usage(new UsageQuery(from, to, range.bucket(), null)),
                client.usage(new UsageQuery(from, to, Bucket.NONE, null)),
                client.usage(new UsageQuery(from.minus(length), from, Bucket.NONE, null)));
    }
}
