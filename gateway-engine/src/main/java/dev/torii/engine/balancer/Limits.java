package dev.torii.engine.balancer;

import dev.torii.engine.balancer.Health.Count;
import dev.torii.model.config.Healthchecks.Active;
import dev.torii.model.config.Healthchecks.Passive;
import java.util.Set;

/// What counts for and against a peer, and how much of it changes its health.
record Limits(
        Set<Integer> healthyStatuses,
        Set<Integer> unhealthyStatuses,
        int successes,
        int tcpFailures,
        int timeouts,
        int httpFailures) {

    /// What probes count.
    static Limits of(Active probes) {
        return new Limits(
                Set.copyOf(probes.healthy().httpStatuses()),
                Set.copyOf(probes.unhealthy().httpStatuses()),
                probes.healthy().successes(),
                probes.unhealthy().tcpFailures(),
                probes.unhealthy().timeouts(),
                probes.unhealthy().httpFailures());
    }

    /// What traffic counts.
    static Limits of(Passive traffic) {
        return new Limits(
                Set.copyOf(traffic.healthy().httpStatuses()),
                Set.copyOf(traffic.unhealthy().httpStatuses()),
                traffic.healthy().successes(),
                traffic.unhealthy().tcpFailures(),
                traffic.unhealthy().timeouts(),
                traffic.unhealthy().httpFailures());
    }

    /// Counts a status.
    ///
    /// @return whether the peer's health has changed
    boolean status(Health health, int status) {
        if (healthyStatuses.contains(status)) {
            return health.count(Count.SUCCESS, successes);
        }
        return unhealthyStatuses.contains(status) && health.count(Count.HTTP_FAILURE, httpFailures);
    }

    boolean success(Health health) {
        return health.count(Count.SUCCESS, successes);
    }

    boolean noAnswer(Health health) {
        return health.count(Count.HTTP_FAILURE, httpFailures);
    }

    boolean tcpFailure(Health health) {
        return health.count(Count.TCP_FAILURE, tcpFailures);
    }

    boolean timeout(Health health) {
        return health.count(Count.TIMEOUT, timeouts);
    }
}
