/// The one configured JSON mapper of the product.
@NullMarked
package dev.torii.model.json;

import org.jspecify.annotations.NullMarked;
