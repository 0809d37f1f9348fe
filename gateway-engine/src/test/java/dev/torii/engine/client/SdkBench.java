package dev.torii.engine.client;

import dev.torii.engine.fake.FakeUpstream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// What tests of vendors' SDKs have in common: a gateway for all of them, and an upstream for each.
abstract class SdkBench {

    @TempDir private static Path folder;
    static ChatGateway gateway;

    final FakeUpstream upstream = new FakeUpstream();

    @BeforeAll
    static void startGateway() throws Exception {
        gateway = new ChatGateway(folder);
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    @AfterEach
    void stopUpstream() {
        upstream.close();
    }
}
