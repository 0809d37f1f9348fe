/// The frame around the screens: window, navigation, theme, words, dialogs and toasts.
@NullMarked
package dev.torii.desktop.ui;

import org.jspecify.annotations.NullMarked;
