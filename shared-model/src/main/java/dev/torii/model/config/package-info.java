/// The configured entities as values: services, routes, consumers, credentials, plugins.
@NullMarked
package dev.torii.model.config;

import org.jspecify.annotations.NullMarked;
