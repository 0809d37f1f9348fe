package dev.torii.engine.client;

import com.openai.client.OpenAIClient;
import dev.torii.engine.fake.FakeUpstream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// What tests of OpenAI's SDK in front of one provider have in common: the SDK, a gateway and an
/// upstream for each.
abstract class OpenAiSdkBench {

    @TempDir Path folder;

    final FakeUpstream upstream = new FakeUpstream();
    ChatGateway gateway;
    OpenAIClient sdk;

    /// The configuration of `ai-proxy`.
    ///
    /// @param address the upstream's
    abstract String proxy(String address);

    @BeforeEach
    void startGateway() throws Exception {
        gateway = new ChatGateway(folder, proxy(upstream.url()));
        sdk = Sdks.openAi(gateway.url());
    }

    @AfterEach
    void stopGateway() {
        sdk.close();
        gateway.close();
        upstream.close();
    }
}
