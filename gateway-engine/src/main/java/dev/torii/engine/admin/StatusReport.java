package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The body of `GET /status`, on the admin and the status port.
public final class StatusReport {

    private static final int USUAL_SCALE = 2;
    private static final int LARGEST_SCALE = 10;

    private final Supplier<Traffic> traffic;
    private final @Nullable Supplier<String> hash;

    /// Reports what there is when it is asked.
    ///
    /// @param hash of the configuration that came from a file; null for one that is stored
    public StatusReport(Supplier<Traffic> traffic, @Nullable Supplier<String> hash) {
        this.traffic = traffic;
        this.hash = hash;
    }

    /// Whether there is a configuration to serve by, which one that is stored always is.
    boolean isConfigured() {
        return hash == null || !hash.get().equals(FileBackedConfig.EMPTY_HASH);
    }

    Answer answer(AdminCall call) {
        try {
            return Answer.ok(read(call.query()));
        } catch (IllegalArgumentException e) {
            throw Problems.plain(400, String.valueOf(e.getMessage()));
        }
    }

    /// The figures as of now.
    ///
    /// @param query `unit` (b, k, m, g) and `scale` of the memory figures
    /// @throws IllegalArgumentException for a unit or scale that is none; the message says so
    private ObjectNode read(Map<String, String> query) {
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        ObjectNode report = Json.object();
        ObjectNode memory = report.putObject("memory");
        memory.putObject("lua_shared_dicts");
        ObjectNode worker = memory.putArray("workers_lua_vms").addObject();
        putSize(worker, "http_allocated_gc", used, query.get("unit"), query.get("scale"));
        worker.put("pid", ProcessHandle.current().pid());
        Traffic now = traffic.get();
        report.putObject("server")
                .put("connections_accepted", now.accepted())
                .put("connections_active", now.active())
                .put("connections_handled", now.accepted())
                .put("connections_reading", 0)
                .put("connections_waiting", now.waiting())
                .put("connections_writing", Math.max(0, now.active() - now.waiting()))
                .put("total_requests", now.requests());
        if (hash == null) {
            report.putObject("database").put("reachable", true);
        } else {
            report.put("configuration_hash", hash.get());
        }
        return report;
    }

    private static void putSize(
            ObjectNode node,
            String key,
            long bytes,
            @Nullable String unit,
            @Nullable String scale) {
        String letter = unit == null ? "m" : unit.toLowerCase(Locale.ROOT);
        switch (letter) {
            case "b", "" -> node.put(key, bytes);
            case "k" -> node.put(key, size(bytes, 10, scale) + " KiB");
            case "m" -> node.put(key, size(bytes, 20, scale) + " MiB");
            case "g" -> node.put(key, size(bytes, 30, scale) + " GiB");
            default ->
                    throw new IllegalArgumentException(
                            "invalid unit '" + unit + "' (expected 'k/K', 'm/M', or 'g/G')");
        }
    }

    private static String size(long bytes, int powerOfTwo, @Nullable String scale) {
        int digits = USUAL_SCALE;
        if (scale != null) {
            if (!scale.matches("\\d{1,2}") || Integer.parseInt(scale) > LARGEST_SCALE) {
                throw new IllegalArgumentException(
                        "invalid scale '" + scale + "' (expected 0 to " + LARGEST_SCALE + ")");
            }
            digits = Integer.parseInt(scale);
        }
        return BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(1L << powerOfTwo), digits, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
