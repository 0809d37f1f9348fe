/// Vaults, where secrets are kept, and the references to them in the configuration. What runs gets
/// the secrets; the store, the Admin API and exports keep the references.
@NullMarked
package dev.torii.engine.vault;

import org.jspecify.annotations.NullMarked;
