/// What the Admin API answers: paths, problems, usage reports, events.
@NullMarked
package dev.torii.model.api;

import org.jspecify.annotations.NullMarked;
