package dev.torii.engine.admin;

import dev.torii.engine.admin.QueryParameters.BadParameterException;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.SelfDescribing;
import dev.torii.engine.telemetry.EventHub;
import dev.torii.engine.telemetry.ExchangeRecorder;
import dev.torii.engine.telemetry.LedgerException;
import dev.torii.engine.telemetry.ReportTooLargeException;
import dev.torii.engine.telemetry.RequestQuery;
import dev.torii.engine.telemetry.RequestQuery.Cursor;
import dev.torii.engine.telemetry.RequestQuery.StatusRange;
import dev.torii.engine.telemetry.UsageLedger;
import dev.torii.engine.telemetry.UsageQuery;
import dev.torii.engine.telemetry.UsageQuery.Bucket;
import dev.torii.engine.telemetry.UsageQuery.Dimension;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.EngineIdentity;
import dev.torii.model.api.RequestPage;
import dev.torii.model.api.UsageReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Torii's own endpoints, under `/torii` on the admin port: what has been used, which requests
/// there were, what happens now, and which engine this is. Its code blocks, so it needs virtual
/// threads.
public final class ToriiServlet extends ReadingServlet implements SelfDescribing {

    private static final long serialVersionUID = 1L;

    static final int DEFAULT_SIZE = 100;
    static final int MAX_SIZE = 1_000;
    private static final Pattern STATUS = Pattern.compile("([1-5])(xx|\\d\\d)");
    private static final Pattern OFFSET = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    private final transient ExchangeRecorder recorder;
    private final transient UsageLedger ledger;
    private final transient EventStream events;
    private final transient Supplier<EngineIdentity> identity;

    public ToriiServlet(
            ExchangeRecorder recorder,
            UsageLedger ledger,
            EventHub events,
            Supplier<EngineIdentity> identity) {
        this.recorder = recorder;
        this.ledger = ledger;
        this.events = new EventStream(events);
        this.identity = identity;
    }

    @Override
    public void describe(ApiDocument api) {
        ToriiOperations.describe(api);
    }

    @Override
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (BadParameterException e) {
            message(response, 400, e.getMessage());
        } catch (ReportTooLargeException e) {
            message(
                    response,
                    400,
                    "bucket: the report would have more than %d rows (expected: a shorter time"
                                    .formatted(e.limit())
                            + " from..to, or a longer bucket)");
        } catch (LedgerException e) {
            message(response, 503, e.getMessage());
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadParameterException {
        String path = request.getRequestURI();
        if (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String below = AdminPaths.REQUESTS + "/";
        if (path.startsWith(below)) {
            request(path.substring(below.length()), request, response);
            return;
        }
        switch (path) {
            case AdminPaths.TORII -> {
                var _ = new QueryParameters(request);
                json(response, 200, identity.get());
            }
            case AdminPaths.USAGE -> json(response, 200, usage(request));
            case AdminPaths.REQUESTS -> json(response, 200, requests(request));
            case AdminPaths.EVENTS -> {
                var _ = new QueryParameters(request);
                events.serve(request, response);
            }
            default -> message(response, 404, "Not found");
        }
    }

    private UsageReport usage(HttpServletRequest request) throws BadParameterException {
        var parameters = new QueryParameters(request, "from", "to", "bucket", "group_by");
        Span span = span(parameters);
        String bucketName = parameters.text("bucket");
        Bucket bucket =
                bucketName == null
                        ? Bucket.NONE
                        : QueryParameters.parsed(
                                "bucket",
                                bucketName,
                                "none, minute, hour or day",
                                name -> Bucket.of(name).orElse(null));
        var groupBy = new ArrayList<Dimension>();
        for (String name : parameters.names("group_by")) {
            Dimension dimension =
                    QueryParameters.parsed(
                            "group_by",
                            name,
                            "model, provider, route, service, consumer, or several with commas",
                            text -> Dimension.of(text).orElse(null));
            if (groupBy.contains(dimension)) {
                throw new BadParameterException("group_by: %s is named twice".formatted(name));
            }
            groupBy.add(dimension);
        }
        recorder.flush();
        var query = new UsageQuery(span.from(), span.to(), bucket, groupBy);
        return new UsageReport(ledger.report(query), recorder.health().dropped());
    }

    private RequestPage requests(HttpServletRequest request) throws BadParameterException {
        var parameters =
                new QueryParameters(
                        request,
                        "from",
                        "to",
                        "route",
                        "service",
                        "consumer",
                        "provider",
                        "model",
                        "status",
                        "size",
                        "offset");
        Span span = span(parameters);
        var labels = new EnumMap<Dimension, String>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            String value = parameters.text(dimension.wireName());
            if (value != null) {
                labels.put(dimension, value);
            }
        }
        var query =
                new RequestQuery(
                        span.from(),
                        span.to(),
                        labels,
                        status(parameters.text("status")),
                        parameters.number("size", DEFAULT_SIZE, 1, MAX_SIZE),
                        cursor(parameters.text("offset")));
        recorder.flush();
        RequestPage page = ledger.requests(query);
        return page.offset() == null
                ? page
                : new RequestPage(page.data(), next(request, page.offset()), page.offset());
    }

    private void request(String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException, BadParameterException {
        var _ = new QueryParameters(request);
        recorder.flush();
        var found = ledger.request(id);
        if (found.isPresent()) {
            json(response, 200, found.get());
        } else {
            message(response, 404, "Not found");
        }
    }

    /// Unix milliseconds; the end is not in it.
    private record Span(long from, long to) {}

    private static Span span(QueryParameters parameters) throws BadParameterException {
        long from = parameters.time("from", 0);
        long to = parameters.time("to", Long.MAX_VALUE);
        if (from >= to) {
            throw new BadParameterException(
                    "to: %s (expected: a time after from, which is %s)"
                            .formatted(parameters.text("to"), parameters.text("from")));
        }
        return new Span(from, to);
    }

    private static @Nullable StatusRange status(@Nullable String text)
            throws BadParameterException {
        if (text == null) {
            return null;
        }
        return QueryParameters.parsed(
                "status",
                text,
                "a status such as 404, or a class such as 4xx",
                given -> {
                    Matcher matcher = STATUS.matcher(given);
                    if (!matcher.matches()) {
                        return null;
                    }
                    int hundreds = Integer.parseInt(matcher.group(1)) * 100;
                    return matcher.group(2).equals("xx")
                            ? new StatusRange(hundreds, hundreds + 99)
                            : new StatusRange(Integer.parseInt(given), Integer.parseInt(given));
                });
    }

    private static @Nullable Cursor cursor(@Nullable String text) throws BadParameterException {
        if (text == null) {
            return null;
        }
        return QueryParameters.parsed(
                "offset",
                text,
                "the offset of the page before, as it was",
                given -> {
                    Matcher matcher = OFFSET.matcher(given);
                    return matcher.matches()
                            ? new Cursor(
                                    Long.parseLong(matcher.group(1)),
                                    Long.parseLong(matcher.group(2)))
                            : null;
                });
    }

    /// The same question again, from where the page ends.
    private static String next(HttpServletRequest request, String offset) {
        List<String> query = new ArrayList<>();
        for (Map.Entry<String, String[]> parameter : request.getParameterMap().entrySet()) {
            if (!parameter.getKey().equals("offset")) {
                query.add(
                        parameter.getKey()
                                + "="
                                + URLEncoder.encode(
                                        parameter.getValue()[0], StandardCharsets.UTF_8));
            }
        }
        query.add("offset=" + offset);
        return AdminPaths.REQUESTS + "?" + String.join("&", query);
    }

    private static void message(HttpServletResponse response, int status, @Nullable String text)
            throws IOException {
        json(response, status, Map.of("message", text == null ? "" : text));
    }
}
