/// What is known of finished requests: tokens, prices, meters, events and the ledger. All of it
/// runs behind the request, on the recorder's one thread.
@NullMarked
package dev.torii.engine.telemetry;

import org.jspecify.annotations.NullMarked;
