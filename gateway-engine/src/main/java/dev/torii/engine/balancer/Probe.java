package dev.torii.engine.balancer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.torii.model.config.Healthchecks.Active;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks a peer whether it is well, and counts what it says. It waits for the answer.
///
/// @param hostHeader the upstream's; null leaves it to the target
record Probe(Active active, @Nullable String hostHeader, Limits limits) {

    private static final int LONGEST_STATUS_LINE = 1_024;

    /// Asks, and counts.
    ///
    /// @return whether the peer's health has changed
    boolean run(Peer peer) {
        try (Socket socket = connected(peer.address)) {
            if (active.type().equals("tcp") || active.type().startsWith("grpc")) {
                return limits.success(peer.health);
            }
            try (Socket spoken = secured(socket, peer.address)) {
                int status = ask(spoken, peer.address);
                return status == 0
                        ? limits.noAnswer(peer.health)
                        : limits.status(peer.health, status);
            }
        } catch (SocketTimeoutException e) {
            return limits.timeout(peer.health);
        } catch (IOException e) {
            return limits.tcpFailure(peer.health);
        }
    }

    private Socket connected(TargetAddress address) throws IOException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(timeout());
            socket.connect(
                    new InetSocketAddress(InetAddress.ofLiteral(address.ip()), address.port()),
                    timeout());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Milliseconds; 0 waits for as long as it takes.
    private int timeout() {
        return (int) Math.min(active.timeout() * 1_000, Integer.MAX_VALUE);
    }

    private Socket secured(Socket socket, TargetAddress address) throws IOException {
        if (!active.type().equals("https")) {
            return socket;
        }
        String sni = active.httpsSni();
        return ProbeTls.over(
                socket, sni == null ? address.host() : sni, active.httpsVerifyCertificate());
    }

    /// Sends the request and reads the first line of the answer.
    ///
    /// @return the status; 0 when the answer is none of HTTP
    private int ask(Socket socket, TargetAddress address) throws IOException {
        var request = new StringBuilder("GET ").append(active.httpPath()).append(" HTTP/1.0\r\n");
        Map<String, List<String>> headers = active.headers();
        boolean ownHost = false;
        if (headers != null) {
            for (Map.Entry<String, List<String>> header : headers.entrySet()) {
                ownHost |= header.getKey().equalsIgnoreCase("host");
                for (String value : header.getValue()) {
                    request.append(header.getKey()).append(": ").append(value).append("\r\n");
                }
            }
        }
        if (!ownHost) {
            request.append("Host: ")
                    .append(hostHeader == null ? address.host() : hostHeader)
                    .append("\r\n");
        }
        request.append("Connection: close\r\n\r\n");
        socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return status(socket.getInputStream());
    }

    private static int status(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the answer ended too early");
            }
            if (line.length() == LONGEST_STATUS_LINE) {
                return 0;
            }
            line.append((char) next);
        }
        String text = line.toString().stripTrailing();
        return text.matches("HTTP/\\d\\.\\d \\d{3}( .*)?")
                ? Integer.parseInt(text.substring(9, 12))
                : 0;
    }
}
