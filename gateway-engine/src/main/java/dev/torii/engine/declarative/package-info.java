/// Configurations as files: `kong.yaml` and its JSON twin, read with the place of every value,
/// compared with what is stored, and written again.
@NullMarked
package dev.torii.engine.declarative;

import org.jspecify.annotations.NullMarked;
