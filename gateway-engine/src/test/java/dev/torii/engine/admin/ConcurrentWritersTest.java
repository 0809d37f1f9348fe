package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.admin.AdminApi.Reply;
import dev.torii.engine.store.SqliteConfigStore;
import dev.torii.model.config.EntityKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentWritersTest {

    private static final int WRITERS = 16;
    private static final int EACH = 20;

    @TempDir Path folder;

    @Test
    void noneIsTurnedAwayAndNoUpdateIsLost() throws Exception {
        var store = SqliteConfigStore.open(folder, plugin -> Optional.empty());
        try (var api = new AdminApi(store)) {
            String route = api.created("/routes", "{'paths':['/x'],'headers':{}}");
            List<Future<List<Reply>>> running = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int w = 0; w < WRITERS; w++) {
                    int writer = w;
                    running.add(threads.submit(() -> write(api, route, writer)));
                }
            }
            for (Future<List<Reply>> replies : running) {
                assertThat(replies.get())
                        .allSatisfy(reply ->
                                assertThat(reply.status()).as(reply.text()).isIn(200, 201));
            }

            assertThat(store.snapshot().all(EntityKind.CONSUMERS)).hasSize(WRITERS * EACH);
            // Each writer patched a field of its own; a lost update would have reset another's.
            var merged = api.get("/routes/" + route).json();
            assertThat(merged.path("preserve_host").booleanValue()).isTrue();
            assertThat(merged.path("strip_path").booleanValue()).isFalse();
            assertThat(merged.path("regex_priority").intValue()).isEqualTo(7);
            assertThat(merged.path("tags")).hasSize(1);
        }
    }

    private static List<Reply> write(AdminApi api, String route, int writer) {
        String[] patches = {
            "{'preserve_host':true}",
            "{'strip_path':false}",
            "{'regex_priority':7}",
            "{'tags':['t']}"
        };
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            replies.add(
                    api.call("POST", "/consumers", "{'username':'c-" + writer + "-" + i + "'}"));
            replies.add(api.call("PATCH", "/routes/" + route, patches[writer % patches.length]));
        }
        return replies;
    }
}
