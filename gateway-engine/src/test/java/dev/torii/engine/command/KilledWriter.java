package dev.torii.engine.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A client that changes consumers of its own over the Admin API, one change after the other, and
/// knows what must be there afterwards: what was acknowledged, and perhaps the one change that was
/// under way when the engine was killed.
final class KilledWriter {

    private static final int MOST_CONSUMERS = 30;

    /// A consumer by what changes of it, with the keys of its credentials by their ids.
    record Owned(String tag, Map<String, String> keys) {}

    private record Change(String method, String path, String body, int status) {}

    private final String name;
    private final Random random;
    private int number;
    private Map<String, Owned> acknowledged = new TreeMap<>();
    private @Nullable Map<String, Owned> underWay;

    KilledWriter(String name, long seed) {
        this.name = name;
        this.random = new Random(seed);
    }

    /// Makes one change.
    ///
    /// @return whether it was acknowledged; false when the engine is gone
    boolean write(EngineProcess engine, URI admin) throws InterruptedException {
        number++;
        Map<String, Owned> next = new TreeMap<>(acknowledged);
        Change change = change(next);
        underWay = next;
        HttpResponse<String> answer;
        try {
            answer = engine.send(change.method(), admin.resolve(change.path()), change.body());
        } catch (IOException e) {
            return false;
        }
        assertThat(answer.statusCode())
                .as(change + ": " + answer.body())
                .isEqualTo(change.status());
        acknowledged = next;
        underWay = null;
        return true;
    }

    /// @param next what is there before the change, and then after it
    private Change change(Map<String, Owned> next) {
        String tag = "t" + number;
        if (next.isEmpty() || (next.size() < MOST_CONSUMERS && random.nextInt(10) < 3)) {
            String id = id("consumer");
            next.put(id, new Owned(tag, Map.of()));
            return random.nextBoolean()
                    ? new Change("POST", "/consumers", consumer(id, tag, true), 201)
                    : new Change("PUT", "/consumers/" + id, consumer(id, tag, false), 200);
        }
        String id = List.copyOf(next.keySet()).get(random.nextInt(next.size()));
        Owned owned = Objects.requireNonNull(next.get(id));
        String path = "/consumers/" + id;
        return switch (next.size() == MOST_CONSUMERS ? 0 : random.nextInt(6)) {
            case 0 -> {
                // Its credentials go with it.
                next.remove(id);
                yield new Change("DELETE", path, "", 204);
            }
            case 1, 2 -> {
                Map<String, String> keys = new TreeMap<>(owned.keys());
                String key = name + "-secret-" + number;
                keys.put(id("key"), key);
                next.put(id, new Owned(owned.tag(), keys));
                yield new Change(
                        "POST",
                        path + "/key-auth",
                        "{\"id\":\"%s\",\"key\":\"%s\"}".formatted(id("key"), key),
                        201);
            }
            case 3 -> {
                next.put(id, new Owned(tag, owned.keys()));
                yield new Change("PUT", path, consumer(id, tag, false), 200);
            }
            default -> {
                next.put(id, new Owned(tag, owned.keys()));
                yield new Change("PATCH", path, "{\"tags\":[\"%s\"]}".formatted(tag), 200);
            }
        };
    }

    private String consumer(String id, String tag, boolean withId) {
        return "{%s\"username\":\"%s/%s\",\"tags\":[\"%s\"]}"
                .formatted(withId ? "\"id\":\"" + id + "\"," : "", name, id, tag);
    }

    private String id(String kind) {
        return UUID.nameUUIDFromBytes((name + kind + number).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    boolean owns(String username) {
        return username.startsWith(name + "/");
    }

    /// Compares what is there with what must be, and goes on from there.
    ///
    /// @return whether the change that was under way took place, without having been acknowledged
    boolean settle(Map<String, Owned> found, String what) {
        boolean took = underWay != null && !found.equals(acknowledged);
        assertThat(found).as(what).isEqualTo(took ? underWay : acknowledged);
        acknowledged = found;
        underWay = null;
        return took;
    }
}
