package dev.torii.engine.telemetry;

import dev.torii.model.api.RequestPage;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.api.UsageRow;
import java.util.List;
import java.util.Optional;

/// The durable record of finished requests. One thread writes; any thread reads, and sees what has
/// been committed. Each call that fails may succeed later: nothing stays broken longer than its
/// cause.
public interface UsageLedger extends AutoCloseable {

    /// Writes a batch in one transaction, and forgets what is beyond the retention.
    ///
    /// @throws LedgerException when the disk refuses; then nothing of the batch was written
    void append(List<RequestSummary> batch);

    /// Adds up the requests of a span.
    ///
    /// @throws ReportTooLargeException when the answer would have too many rows
    /// @throws LedgerException when the disk refuses
    List<UsageRow> report(UsageQuery query);

    /// Lists requests, newest first; the page's `next` is left for the endpoint to fill.
    ///
    /// @throws LedgerException when the disk refuses
    RequestPage requests(RequestQuery query);

    /// The request with this id, if it is known and still kept.
    ///
    /// @throws LedgerException when the disk refuses
    Optional<RequestSummary> request(String id);

    @Override
    void close();
}
