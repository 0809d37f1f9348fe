package dev.torii.engine.balancer;

/// An address of a target has become healthy, or has ceased to be.
///
/// @param upstream the upstream's name
/// @param target `host:port`, as configured
public record HealthChange(
        String upstreamId,
        String upstream,
        String target,
        TargetAddress address,
        boolean healthy) {}
