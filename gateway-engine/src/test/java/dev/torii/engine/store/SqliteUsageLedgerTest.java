package dev.torii.engine.store;

import static dev.torii.engine.store.RequestSummaries.CHAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.torii.engine.telemetry.LedgerException;
import dev.torii.engine.telemetry.RequestQuery;
import dev.torii.engine.telemetry.RequestQuery.StatusRange;
import dev.torii.engine.telemetry.UsageQuery;
import dev.torii.engine.telemetry.UsageQuery.Bucket;
import dev.torii.engine.telemetry.UsageQuery.Dimension;
import dev.torii.model.api.Percentiles;
import dev.torii.model.api.RequestPage;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.api.UsageRow;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteUsageLedgerTest {

    private static final long HOUR = 3_600_000;
    private static final Instant NOW = Instant.ofEpochMilli(100 * HOUR);

    @TempDir Path folder;
    private Path file;
    private SqliteUsageLedger ledger;

    @BeforeEach
    void open() {
        file = folder.resolve("usage.db");
        ledger = ledger(Retention.DEFAULT);
    }

    private SqliteUsageLedger ledger(Retention retention) {
        return new SqliteUsageLedger(file, retention, InstantSource.fixed(NOW));
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private void append(RequestSummaries... requests) {
        ledger.append(List.of(requests).stream().map(RequestSummaries::done).toList());
    }

    private List<UsageRow> report(Bucket bucket, Dimension... groupBy) {
        return ledger.report(new UsageQuery(0, Long.MAX_VALUE, bucket, List.of(groupBy)));
    }

    private static RequestQuery all(int size) {
        return new RequestQuery(0, Long.MAX_VALUE, Map.of(), null, size, null);
    }

    @Test
    void givesBackWhatItTookInAfterARestart() {
        RequestSummary full =
                new RequestSummary(
                        "a",
                        5,
                        "POST",
                        "/chat",
                        "r",
                        "s",
                        "c",
                        "openai",
                        "gpt-4o",
                        "gpt-4o-2024-08-06",
                        200,
                        201,
                        true,
                        7,
                        1,
                        3L,
                        8,
                        9,
                        10L,
                        11L,
                        12L,
                        13L,
                        14L,
                        true,
                        new BigDecimal("0.00000000012345678901234567890"),
                        "client_closed",
                        List.of());
        RequestSummary bare =
                new RequestSummary(
                        "b", 6, "GET", "/", null, null, null, null, null, null, 404, null, false, 1,
                        1, null, 0, 40, null, null, null, null, null, false, null, null, List.of());
        ledger.append(List.of(full, bare));
        ledger.close();

        ledger = ledger(Retention.DEFAULT);

        assertThat(ledger.request("a")).contains(full);
        assertThat(ledger.request("b")).contains(bare);
        assertThat(ledger.request("c")).isEmpty();
    }

    @Test
    void addsUpExactly() {
        append(
                CHAT.tokens(10L, "0.1").took(10),
                CHAT.tokens(20L, "0.2").took(20).status(500),
                CHAT.tokens(30L, null).took(30).firstToken(null),
                CHAT.tokens(null, null).took(40).firstToken(null));

        assertThat(report(Bucket.NONE))
                .singleElement()
                .isEqualTo(
                        new UsageRow(
                                null,
                                Map.of(),
                                4,
                                1,
                                60,
                                60,
                                12,
                                3,
                                0,
                                1,
                                new BigDecimal("0.3"),
                                new Percentiles(20L, 40L, 40L),
                                new Percentiles(40L, 40L, 40L)));
    }

    @Test
    void costIsUnknownRatherThanNothing() {
        append(CHAT.tokens(10L, null));

        UsageRow row = report(Bucket.NONE).getFirst();

        assertThat(row.costUsd()).isNull();
        assertThat(row.unpriced()).isEqualTo(1);
    }

    @Test
    void percentilesAreByNearestRank() {
        var requests = new ArrayList<RequestSummary>();
        for (long millis = 1; millis <= 200; millis++) {
            requests.add(CHAT.took(millis).firstToken(millis * 2).done());
        }
        Collections.reverse(requests);
        ledger.append(requests);

        UsageRow row = report(Bucket.NONE).getFirst();

        assertThat(row.latencyMs()).isEqualTo(new Percentiles(100L, 190L, 198L));
        assertThat(row.ttftMs()).isEqualTo(new Percentiles(200L, 380L, 396L));
    }

    @Test
    void separatesBucketsAndGroups() {
        append(
                CHAT.at(HOUR + 1),
                CHAT.at(HOUR + 2).model("gpt-4o"),
                CHAT.at(HOUR + 3).model("gpt-4o"),
                CHAT.at(26 * HOUR).consumer("yui"));

        assertThat(report(Bucket.HOUR, Dimension.MODEL, Dimension.CONSUMER))
                .extracting(UsageRow::bucket, row -> row.group().toString(), UsageRow::requests)
                .containsExactly(
                        tuple("1970-01-01T01:00:00Z", "{model=gpt-4o, consumer=null}", 2L),
                        tuple("1970-01-01T01:00:00Z", "{model=gpt-4o-mini, consumer=null}", 1L),
                        tuple("1970-01-02T02:00:00Z", "{model=gpt-4o-mini, consumer=yui}", 1L));
        assertThat(report(Bucket.DAY))
                .extracting(UsageRow::bucket)
                .containsExactly("1970-01-01T00:00:00Z", "1970-01-02T00:00:00Z");
        assertThat(report(Bucket.MINUTE)).hasSize(2);
    }

    @Test
    void aSpanHasItsBeginningAndNotItsEnd() {
        append(CHAT.at(10), CHAT.at(20), CHAT.at(30));

        var rows = ledger.report(new UsageQuery(10, 30, Bucket.NONE, List.of()));

        assertThat(rows).extracting(UsageRow::requests).containsExactly(2L);
        assertThat(ledger.report(new UsageQuery(40, 50, Bucket.NONE, List.of()))).isEmpty();
    }

    @Test
    void listsNewestFirstPageByPage() {
        append(
                CHAT.id("a").at(10),
                CHAT.id("b").at(30),
                CHAT.id("c").at(20),
                CHAT.id("d").at(20),
                CHAT.id("e").at(5));

        RequestPage first = ledger.requests(all(2));
        RequestPage second =
                ledger.requests(
                        new RequestQuery(
                                0,
                                Long.MAX_VALUE,
                                Map.of(),
                                null,
                                3,
                                new RequestQuery.Cursor(20, 4)));

        assertThat(first.data()).extracting(RequestSummary::id).containsExactly("b", "d");
        assertThat(first.offset()).isEqualTo("20-4");
        assertThat(second.data()).extracting(RequestSummary::id).containsExactly("c", "a", "e");
        assertThat(second.offset()).isNull();
    }

    @Test
    void listsWhatIsAskedFor() {
        append(
                CHAT.id("a").status(200),
                CHAT.id("b").status(503).consumer("yui"),
                CHAT.id("c").status(404).consumer("yui").model("gpt-4o"));

        assertThat(
                        ledger.requests(
                                        new RequestQuery(
                                                0,
                                                Long.MAX_VALUE,
                                                Map.of(
                                                        Dimension.CONSUMER, "yui",
                                                        Dimension.MODEL, "gpt-4o"),
                                                null,
                                                10,
                                                null))
                                .data())
                .extracting(RequestSummary::id)
                .containsExactly("c");
        assertThat(
                        ledger.requests(
                                        new RequestQuery(
                                                0,
                                                Long.MAX_VALUE,
                                                Map.of(),
                                                new StatusRange(500, 599),
                                                10,
                                                null))
                                .data())
                .extracting(RequestSummary::id)
                .containsExactly("b");
    }

    @Test
    void forgetsTheOldestBeyondTheCount() {
        ledger.close();
        ledger = ledger(new Retention(3, Duration.ofDays(9)));
        for (int i = 0; i < 8; i++) {
            append(CHAT.id("r" + i).at(i));
        }

        assertThat(ledger.requests(all(10)).data())
                .extracting(RequestSummary::id)
                .containsExactly("r7", "r6", "r5");
    }

    @Test
    void forgetsWhatIsTooOld() {
        ledger.close();
        ledger = ledger(new Retention(100, Duration.ofHours(2)));
        append(CHAT.id("old").at(97 * HOUR), CHAT.id("young").at(99 * HOUR));

        assertThat(ledger.requests(all(10)).data())
                .extracting(RequestSummary::id)
                .containsExactly("young");
    }

    @Test
    void aFileThatIsNoDatabaseIsNamedAndForgivenOnceItIsGone() throws IOException {
        Files.writeString(file, "This is no database at all. ".repeat(100));

        assertThatThrownBy(() -> append(CHAT))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot write the usage ledger " + file)
                .hasMessageContaining("move the file away");
        assertThatThrownBy(() -> report(Bucket.NONE))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot read the usage ledger " + file);

        Files.delete(file);
        append(CHAT);

        assertThat(report(Bucket.NONE)).hasSize(1);
    }

    @Test
    void refusesAFileOfANewerTorii() throws Exception {
        append(CHAT);
        ledger.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }

        assertThatThrownBy(() -> append(CHAT))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("schema version 99");
    }

    @Test
    void readsWhileItWrites() {
        append(CHAT.id("a"));
        List<UsageRow> before = report(Bucket.NONE);
        append(CHAT.id("b"));

        assertThat(before).extracting(UsageRow::requests).containsExactly(1L);
        assertThat(report(Bucket.NONE)).extracting(UsageRow::requests).containsExactly(2L);
    }

    @Test
    void onlyTheOwnerMayReadTheFile() throws IOException {
        assumeThat(file.getFileSystem().supportedFileAttributeViews()).contains("posix");
        append(CHAT);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        ledger.close();
        file = folder.resolve("gone").resolve("usage.db");
        ledger = ledger(Retention.DEFAULT);

        assertThatThrownBy(() -> append(CHAT))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot write the usage ledger " + file);
    }

    @Test
    void moneyIsKeptAsText() throws Exception {
        append(CHAT.tokens(1L, "0.1"));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery("SELECT typeof(cost_usd), cost_usd FROM request")) {
            assertThat(row.getString(1)).isEqualTo("text");
            assertThat(row.getString(2)).isEqualTo("0.1");
        }
    }
}
