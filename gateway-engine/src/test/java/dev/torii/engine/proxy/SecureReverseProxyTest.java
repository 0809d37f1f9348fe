package dev.torii.engine.proxy;

/// All that a reverse proxy does, for clients that speak TLS.
class SecureReverseProxyTest extends ReverseProxyTest {

    @Override
    TestGateway newGateway() throws Exception {
        return new TestGateway(true);
    }
}
