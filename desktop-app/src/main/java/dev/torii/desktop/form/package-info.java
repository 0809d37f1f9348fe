/// Forms made from schemas: [dev.torii.desktop.form.FormModel] holds one value being edited,
/// [dev.torii.desktop.form.FormBuilder] makes one control for each kind of field.
@NullMarked
package dev.torii.desktop.form;

import org.jspecify.annotations.NullMarked;
