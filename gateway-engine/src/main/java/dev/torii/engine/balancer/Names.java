package dev.torii.engine.balancer;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses of the hosts that targets name, kept fresh behind the requests. A name that cannot
/// be looked up any more keeps the addresses that it had.
final class Names implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Names.class);

    static final Duration REFRESH = Duration.ofSeconds(30);

    /// How long a change of the configuration waits for names that are new.
    private static final long PATIENCE_MILLIS = 250;

    private final Map<String, List<String>> known = new ConcurrentHashMap<>();
    private final Resolver resolver;
    private final Schedule schedule;
    private final Consumer<String> onChange;
    private final Schedule.Repeating refreshing;

    /// Begins with no host at all.
    ///
    /// @param onChange told of a name whose addresses are others than before
    Names(Resolver resolver, Schedule schedule, Consumer<String> onChange) {
        this.resolver = resolver;
        this.schedule = schedule;
        this.onChange = onChange;
        this.refreshing = schedule.every(REFRESH, this::refresh);
    }

    /// Sets which hosts matter. Those that are new are looked up, and waited for a moment.
    void use(Set<String> hosts) {
        known.keySet().retainAll(hosts);
        List<String> added = hosts.stream().filter(host -> !known.containsKey(host)).toList();
        added.forEach(host -> known.put(host, isAddress(host) ? List.of(host) : List.of()));
        List<String> asked = added.stream().filter(host -> !isAddress(host)).toList();
        var open = new CountDownLatch(asked.size());
        for (String host : asked) {
            schedule.soon(() -> {
                look(host);
                open.countDown();
            });
        }
        try {
            var _ = open.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Empty where DNS has not answered yet, or has none.
    List<String> addresses(String host) {
        return known.getOrDefault(host, List.of());
    }

    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }

    private void refresh() {
        for (String host : known.keySet()) {
            if (!isAddress(host)) {
                schedule.soon(() -> look(host));
            }
        }
    }

    private void look(String host) {
        List<String> found;
        try {
            found = ofOneFamily(resolver.resolve(host));
        } catch (UnknownHostException e) {
            if (addresses(host).isEmpty()) {
                log.atWarn()
                        .addKeyValue("host", host)
                        .log("a target's name does not resolve; check its spelling and DNS");
            }
            return;
        }
        List<String> before = known.replace(host, found);
        if (before != null && !before.equals(found)) {
            onChange.accept(host);
        }
    }

    /// IPv4 where there is any, and always in the same order.
    private static List<String> ofOneFamily(Collection<InetAddress> addresses) {
        boolean four = addresses.stream().anyMatch(Inet4Address.class::isInstance);
        return addresses.stream()
                .filter(address -> !four || address instanceof Inet4Address)
                .map(InetAddress::getHostAddress)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        refreshing.stop();
    }
}
