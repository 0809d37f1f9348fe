package dev.torii.engine.balancer;

import java.util.List;

/// How an upstream is.
///
/// @param checked whether anything is checked; all counts as healthy otherwise
/// @param healthy whether enough of the weight is
public record UpstreamHealth(
        String name, boolean checked, boolean healthy, Weight weight, List<OfTarget> targets) {

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
