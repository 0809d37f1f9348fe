/// One request and its answer, from the first byte to the ledger.
@NullMarked
package dev.torii.engine.exchange;

import org.jspecify.annotations.NullMarked;
