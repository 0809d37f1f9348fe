package dev.torii.engine.balancer;

import java.util.List;

/// How an upstream is.
///
/// @param checked whether anything is checked; all counts as healthy otherwise
/// @param healthy whether enough of the weight is
public record UpstreamHealth(
        String name, boolean checked, boolean healthy, Weight weight, List<OfTarget> targets) {

    /// How an upstream, a target or an address is, in the words of the Admin API.
    public enum State {
        HEALTHCHECKS_OFF,
        HEALTHY,
        UNHEALTHY,
        DNS_ERROR
    }

    /// Of the upstream as a whole.
    public State state() {
        return checked ? verdict() : State.HEALTHCHECKS_OFF;
    }

    /// Whether it can be asked, checked or not.
    public State verdict() {
        return healthy ? State.HEALTHY : State.UNHEALTHY;
    }

    /// Of a target, which is healthy if any of its addresses is.
    public State state(OfTarget target) {
        if (target.addresses().isEmpty()) {
            return State.DNS_ERROR;
        }
        List<State> states = target.addresses().stream().map(this::state).toList();
        return states.contains(State.HEALTHY) ? State.HEALTHY : states.getFirst();
    }

    /// Nothing is checked where nothing is sent, which is what a weight of 0 says.
    public State state(OfAddress address) {
        if (!checked || address.weight() == 0) {
            return State.HEALTHCHECKS_OFF;
        }
        return address.healthy() ? State.HEALTHY : State.UNHEALTHY;
    }

    /// How a target is.
    ///
    /// @param target `host:port`, as configured
    /// @param weight as configured
    /// @param sum over all its addresses
    /// @param addresses empty where its name does not resolve
    public record OfTarget(
            String id,
            String target,
            String host,
            int port,
            boolean named,
            int weight,
            Weight sum,
            List<OfAddress> addresses) {}

    /// How one address of a target is.
    public record OfAddress(TargetAddress address, int weight, boolean healthy) {}

    /// Weight, in all and of what may not be asked.
    public record Weight(long total, long unavailable) {

        public long available() {
            return total - unavailable;
        }

        Weight plus(Weight other) {
            return new Weight(total + other.total, unavailable + other.unavailable);
        }
    }
}
