package dev.torii.model.api;

/// A target of an upstream has become healthy or has ceased to be: the `health` event.
///
/// @param upstream the upstream's name
/// @param upstreamId its id
/// @param target `host:port`, as configured
/// @param address `ip:port`, where that is
/// @param health `HEALTHY` or `UNHEALTHY`
public record HealthEvent(
        String upstream, String upstreamId, String target, String address, String health) {}
