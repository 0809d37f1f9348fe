/// The screens of configured entities: services, routes and plugins, each a list with a detail
/// pane, a form to create and edit, and the catalogue of plugins.
@NullMarked
package dev.torii.desktop.entity;

import org.jspecify.annotations.NullMarked;
