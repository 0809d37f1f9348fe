package dev.torii.engine.admin;

import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.openapi.Operation;
import dev.torii.engine.openapi.SelfDescribing;
import dev.torii.model.json.Json;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// `GET /metrics`, in Prometheus' text format.
public final class MetricsServlet extends ReadingServlet implements SelfDescribing {

    private static final long serialVersionUID = 1L;

    private final transient PrometheusRegistry registry;
    private final transient Runnable beforeRead;
    private final transient PrometheusTextFormatWriter format = PrometheusTextFormatWriter.create();

    /// @param beforeRead brings the metrics up to date: the recorder's `flush`
    public MetricsServlet(PrometheusRegistry registry, Runnable beforeRead) {
        this.registry = registry;
        this.beforeRead = beforeRead;
    }

    @Override
    public void describe(ApiDocument api) {
        api.add(
                Operation.of("GET", "/metrics", "getMetrics", "Read the metrics")
                        .tag("node")
                        .answers(
                                200,
                                "In Prometheus' text format.",
                                "text/plain",
                                Json.object().put("type", "string")));
    }

    @Override
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isItself(request)) {
            notFound(response);
            return;
        }
        beforeRead.run();
        var text = new ByteArrayOutputStream();
        format.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(text.size());
        text.writeTo(response.getOutputStream());
    }
}
