/// Charts drawn on one canvas each, without a node for every point.
@NullMarked
package dev.torii.desktop.chart;

import org.jspecify.annotations.NullMarked;
