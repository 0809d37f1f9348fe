package dev.torii.engine.balancer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/// Asks DNS. It may wait.
@FunctionalInterface
public interface Resolver {

    List<InetAddress> resolve(String host) throws UnknownHostException;

    Resolver SYSTEM = host -> Arrays.asList(InetAddress.getAllByName(host));
}
