package dev.torii.model.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How it is found out which targets of an upstream work. Intervals and timeouts are seconds; a
/// count or an interval of 0 switches its check off.
///
/// @param threshold percent of the weight that must be healthy for the upstream to be
public record Healthchecks(Active active, Passive passive, double threshold) {

    /// The gateway asks the targets itself.
    ///
    /// @param type `tcp`, `http`, `https`, `grpc` or `grpcs`
    /// @param concurrency how many checks run at once
    /// @param headers sent with each check
    public record Active(
            String type,
            double timeout,
            long concurrency,
            String httpPath,
            @Nullable String httpsSni,
            boolean httpsVerifyCertificate,
            @Nullable Map<String, List<String>> headers,
            ProbedHealthy healthy,
            ProbedUnhealthy unhealthy) {

        public Active {
            type = Objects.requireNonNullElse(type, "http");
            httpPath = Objects.requireNonNullElse(httpPath, "/");
            headers = headers == null ? null : Map.copyOf(headers);
        }
    }

    /// When a target that is being asked counts as healthy.
    public record ProbedHealthy(double interval, List<Integer> httpStatuses, int successes) {

        public ProbedHealthy {
            httpStatuses = copied(httpStatuses);
        }
    }

    /// When a target that is being asked counts as unhealthy.
    public record ProbedUnhealthy(
            double interval,
            List<Integer> httpStatuses,
            int tcpFailures,
            int timeouts,
            int httpFailures) {

        public ProbedUnhealthy {
            httpStatuses = copied(httpStatuses);
        }
    }

    /// The traffic tells which targets work.
    ///
    /// @param type `tcp`, `http`, `https`, `grpc` or `grpcs`
    public record Passive(String type, SeenHealthy healthy, SeenUnhealthy unhealthy) {

        public Passive {
            type = Objects.requireNonNullElse(type, "http");
        }
    }

    /// When a target counts as healthy by its answers to clients.
    public record SeenHealthy(List<Integer> httpStatuses, int successes) {

        public SeenHealthy {
            httpStatuses = copied(httpStatuses);
        }
    }

    /// When a target counts as unhealthy by its answers to clients.
    public record SeenUnhealthy(
            List<Integer> httpStatuses, int tcpFailures, int timeouts, int httpFailures) {

        public SeenUnhealthy {
            httpStatuses = copied(httpStatuses);
        }
    }

    /// A JSON null arrives as null, whatever the types say.
    private static List<Integer> copied(@Nullable List<Integer> statuses) {
        return statuses == null ? List.of() : List.copyOf(statuses);
    }
}
