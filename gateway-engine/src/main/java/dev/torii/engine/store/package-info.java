/// Where the configuration and the ledger live. Alone in using SQL.
@NullMarked
package dev.torii.engine.store;

import org.jspecify.annotations.NullMarked;
