package dev.torii.engine.balancer;

import dev.torii.engine.tls.UpstreamTls;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// TLS for probes, with or without a look at the certificate.
final class ProbeTls {

    private static final SSLContext ANYBODY = new UpstreamTls(false, null, null, null).context();

    private ProbeTls() {}

    /// Speaks TLS over a connected socket.
    ///
    /// @param host whom the certificate is to name
    static SSLSocket over(Socket socket, String host, boolean verify) throws IOException {
        var secured =
                (SSLSocket)
                        context(verify)
                                .getSocketFactory()
                                .createSocket(socket, host, socket.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        if (!Names.isAddress(host)) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        if (verify) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /// Without a look at the certificate where the operator has said that it does not matter:
    /// `https_verify_certificate` is false.
    private static SSLContext context(boolean verify) throws IOException {
        if (!verify) {
            return ANYBODY;
        }
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used", e);
        }
    }
}
