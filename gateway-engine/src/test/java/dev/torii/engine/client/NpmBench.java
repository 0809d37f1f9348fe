package dev.torii.engine.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.fake.FakeUpstream;
import dev.torii.engine.fake.ToolUser;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of clients from npm have in common: the clients, every model at one address, and an
/// upstream that plays the one that is asked.
abstract class NpmBench {

    @TempDir Path folder;

    private final FakeUpstream upstream = new FakeUpstream();
    ModelsGateway gateway;
    NpmClients clients;

    @BeforeEach
    void startGateway() throws Exception {
        clients = NpmClients.in(folder);
        gateway = new ModelsGateway(folder.resolve("gateway"), upstream.url());
    }

    /// Where there is no Node, none was started.
    @AfterEach
    void stopGateway() {
        if (gateway != null) {
            gateway.close();
        }
        upstream.close();
    }

    /// Runs a client until it has done its work with the model, and gives what it printed.
    String run(ToolUser model, Map<String, String> environment, String script, String... arguments)
            throws Exception {
        upstream.always(model);
        NpmClients.Ended ended = clients.run(environment, script, arguments);
        assertThat(ended.code()).as("%s\n%s", ended, model.requests()).isZero();
        return ended.out();
    }
}
