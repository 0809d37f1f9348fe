package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.Types;
import dev.torii.engine.telemetry.UsageQuery;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.ConfigEvent;
import dev.torii.model.api.EngineIdentity;
import dev.torii.model.api.GapEvent;
import dev.torii.model.api.RequestPage;
import dev.torii.model.api.RequestSummary;
import dev.torii.model.api.UsageReport;
import java.util.Locale;

/// What [ToriiServlet] answers.
final class ToriiOperations {

    static final String TAG = "torii";

    private ToriiOperations() {}

    static void describe(ApiDocument api) {
        api.tag(TAG, "What only Torii has: the engine, its requests, tokens and cost.");
        api.add(
                Operation.of("GET", AdminPaths.TORII, "getEngine", "Which engine this is")
                        .tag(TAG)
                        .answers(200, "The engine.", api.record(EngineIdentity.class))
                        .refuses(400));
        api.add(usage(api));
        api.add(requests(api));
        api.add(
                Operation.of(
                                "GET",
                                AdminPaths.REQUESTS + "/{request}",
                                "getRequest",
                                "Get one finished request")
                        .tag(TAG)
                        .pathParameter("request", "Its id, as in X-Kong-Request-Id.", Types.text())
                        .answers(200, "The request.", api.record(RequestSummary.class))
                        .refuses(400, 404, 503));
        api.add(events(api));
    }

    private static Operation usage(ApiDocument api) {
        Operation usage =
                Operation.of(
                                "GET",
                                AdminPaths.USAGE,
                                "getUsage",
                                "Add up requests, tokens and cost")
                        .tag(TAG);
        ObjectNode buckets = Types.text();
        var names = buckets.putArray("enum");
        for (UsageQuery.Bucket bucket : UsageQuery.Bucket.values()) {
            names.add(bucket.name().toLowerCase(Locale.ROOT));
        }
        return span(usage)
                .query("bucket", "How long a time each row stands for.", buckets)
                .query(
                        "group_by",
                        "model, provider, route, service, consumer, or several with commas.",
                        Types.text())
                .answers(200, "One row for each bucket and group.", api.record(UsageReport.class))
                .refuses(400, 503);
    }

    private static Operation requests(ApiDocument api) {
        Operation requests =
                span(
                        Operation.of(
                                        "GET",
                                        AdminPaths.REQUESTS,
                                        "listRequests",
                                        "List finished requests, newest first")
                                .tag(TAG));
        for (UsageQuery.Dimension dimension : UsageQuery.Dimension.values()) {
            String name = dimension.wireName();
            requests.query(name, "Only those of this " + name + ".", Types.text());
        }
        return requests.query(
                        "status", "A status such as 404, or a class such as 4xx.", Types.text())
                .query(
                        "size",
                        "How many at most.",
                        Types.pageSize(ToriiServlet.MAX_SIZE, ToriiServlet.DEFAULT_SIZE))
                .query("offset", "Where to go on: the offset of the page before.", Types.text())
                .answers(200, "A page of them.", api.record(RequestPage.class))
                .refuses(400, 503);
    }

    private static Operation events(ApiDocument api) {
        api.record(ConfigEvent.class);
        api.record(GapEvent.class);
        return Operation.of(
                        "GET",
                        AdminPaths.EVENTS,
                        "streamEvents",
                        "Follow what happens, as it happens")
                .tag(TAG)
                .description(
                        "Server-sent events, until the client goes: `usage` with a"
                                + " `request_summary`, `config` with a `config_event`, and `gap`"
                                + " with a `gap_event` where the client read too slowly.")
                .answers(200, "A stream of events.", "text/event-stream", Types.text())
                .refuses(400);
    }

    private static Operation span(Operation operation) {
        return operation
                .query("from", "The first moment: " + QueryParameters.TIME + ".", Types.text())
                .query(
                        "to",
                        "The end, which is not in it: " + QueryParameters.TIME + ".",
                        Types.text());
    }
}
