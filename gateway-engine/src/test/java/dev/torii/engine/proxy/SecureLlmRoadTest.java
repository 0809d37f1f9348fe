package dev.torii.engine.proxy;

/// All of a model call, paced streams and hang-ups among it, for clients that speak TLS.
class SecureLlmRoadTest extends LlmRoadTest {

    @Override
    TestGateway newGateway() throws Exception {
        return new TestGateway(true);
    }
}
