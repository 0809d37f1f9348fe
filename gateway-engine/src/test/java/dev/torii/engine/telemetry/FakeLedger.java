package dev.torii.engine.telemetry;

import dev.torii.model.api.RequestPage;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.api.UsageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Keeps batches in memory, and refuses them while told to.
final class FakeLedger implements UsageLedger {

    private final List<RequestSummary> rows = new ArrayList<>();
    private boolean broken;

    synchronized void breakDown() {
        broken = true;
    }

    synchronized void mend() {
        broken = false;
    }

    synchronized List<RequestSummary> rows() {
        return List.copyOf(rows);
    }

    @Override
    public synchronized void append(List<RequestSummary> batch) {
        if (broken) {
            throw new LedgerException("cannot write usage.db: disk full", new Exception());
        }
        rows.addAll(batch);
    }

    @Override
    public List<UsageRow> report(UsageQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RequestPage requests(RequestQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RequestSummary> request(String id) {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
