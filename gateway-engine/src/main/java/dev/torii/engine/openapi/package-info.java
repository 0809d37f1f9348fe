/// The OpenAPI document of the admin port: Kong's schema language told in JSON Schema, and what
/// servlets say of themselves put together.
@NullMarked
package dev.torii.engine.openapi;

import org.jspecify.annotations.NullMarked;
