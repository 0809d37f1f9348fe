/// The prompt lab: sends a chat through a route as an app would, and shows the answer as it comes.
@NullMarked
package dev.torii.desktop.lab;

import org.jspecify.annotations.NullMarked;
