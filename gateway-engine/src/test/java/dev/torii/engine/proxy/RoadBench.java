package dev.torii.engine.proxy;

import dev.torii.engine.fake.FakeUpstream;
import java.net.http.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What tests of whole roads have in common: a client, a gateway and an upstream for each.
abstract class RoadBench {

    final FakeUpstream upstream = new FakeUpstream();
    final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // started before each test
    TestGateway gateway;

    @BeforeEach
    void startGateway() throws Exception {
        gateway = new TestGateway();
    }

    /// The client first: a gateway waits for it.
    @AfterEach
    void stopRoad() {
        client.close();
        gateway.close();
        upstream.close();
    }
}
