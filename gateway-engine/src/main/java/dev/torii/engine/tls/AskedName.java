package dev.torii.engine.tls;

import java.util.Collection;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.StandardConstants;
import org.jspecify.annotations.Nullable;

/// Welcomes every server name and keeps the one that the client of a connection asked for. The
/// session does not always know it: one that is resumed has the name that it was begun with.
public final class AskedName extends SNIMatcher {

    private volatile @Nullable String name;

    public AskedName() {
        super(StandardConstants.SNI_HOST_NAME);
    }

    @Override
    public boolean matches(SNIServerName asked) {
        if (asked instanceof SNIHostName host) {
            name = host.getAsciiName();
        }
        return true;
    }

    /// Null when the client named none.
    public static @Nullable String of(SSLEngine engine) {
        Collection<SNIMatcher> matchers = engine.getSSLParameters().getSNIMatchers();
        if (matchers != null) {
            for (SNIMatcher matcher : matchers) {
                if (matcher instanceof AskedName asked) {
                    return asked.name;
                }
            }
        }
        return null;
    }
}
