package dev.torii.engine.balancer;

/// One address of a target.
///
/// @param host the target's host as configured, without brackets: a name, or the address itself
public record TargetAddress(String host, String ip, int port) {

    /// As people write it: `10.0.0.1:80`, `[::1]:80`.
    public String text() {
        return (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port;
    }
}
