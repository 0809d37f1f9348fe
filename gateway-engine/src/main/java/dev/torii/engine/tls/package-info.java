/// Certificates and keys: read from PEM, chosen by server name for clients, shown to and demanded
/// from upstreams. Nothing here knows a server; all of it is made when the configuration changes.
@NullMarked
package dev.torii.engine.tls;

import org.jspecify.annotations.NullMarked;
