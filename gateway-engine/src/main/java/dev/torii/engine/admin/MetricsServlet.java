package dev.torii.engine.admin;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// `GET /metrics`, in Prometheus' text format.
public final class MetricsServlet extends HttpServlet {

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
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        beforeRead.run();
        var text = new ByteArrayOutputStream();
        format.write(text, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(text.size());
        text.writeTo(response.getOutputStream());
    }
}
