package dev.torii.engine.proxy;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.io.ssl.SslConnection;

/// Counts clients' connections; a secured one has two layers and is still one.
final class ClientConnections extends ConnectionStatistics {

    @Override
    public void onOpened(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            super.onOpened(connection);
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (!(connection instanceof SslConnection)) {
            super.onClosed(connection);
        }
    }
}
