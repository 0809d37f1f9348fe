package dev.torii.desktop.form;

import atlantafx.base.controls.CustomTextField;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.schema.FieldSpec;
import java.math.BigDecimal;
import java.text.Normalizer;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.jspecify.annotations.Nullable;

/// A number with its unit or range at the right. What is typed is kept even when it is no number,
/// so that it can be put right; full-width digits are read as well.
final class NumberControl extends FieldControl {

    private final FieldSpec.Numeric spec;
    private final CustomTextField field;
    private boolean showing;

    NumberControl(Form form, FieldSpec.Numeric spec, FieldPath path) {
        super(form, spec, path);
        this.spec = spec;
        field = named(new CustomTextField());
        field.setPromptText(Prompts.of(spec));
        String unit = spec.traits().hints().unit();
        String aside = unit == null ? form.words().range(spec) : form.words().unit(unit);
        if (!aside.isEmpty()) {
            var label = new Label(aside);
            label.getStyleClass().addAll("small", "muted", "field-aside");
            field.setRight(label);
        }
        field.textProperty()
                .addListener((_, _, text) -> {
                    if (!showing) {
                        write(parse(text));
                    }
                });
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::step);
    }

    private JsonNode parse(String typed) {
        String text = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
        if (text.isEmpty()) {
            return cleared();
        }
        try {
            var number = new BigDecimal(text);
            return number.scale() <= 0
                    ? BigIntegerNode.valueOf(number.toBigInteger())
                    : DecimalNode.valueOf(number);
        } catch (NumberFormatException e) {
            return TextNode.valueOf(typed);
        }
    }

    private void step(KeyEvent event) {
        if (event.isAltDown() || event.isShortcutDown()) {
            return;
        }
        if (event.getCode() == KeyCode.UP || event.getCode() == KeyCode.DOWN) {
            event.consume();
            JsonNode value = value();
            if (!value.isNumber() && !value.isNull()) {
                return;
            }
            BigDecimal now = value.isNull() ? BigDecimal.ZERO : value.decimalValue();
            BigDecimal by = spec.integer() ? BigDecimal.ONE : new BigDecimal("0.1");
            BigDecimal next = event.getCode() == KeyCode.UP ? now.add(by) : now.subtract(by);
            BigDecimal min = spec.min();
            BigDecimal max = spec.max();
            if ((min == null || next.compareTo(min) >= 0)
                    && (max == null || next.compareTo(max) <= 0)) {
                field.setText(next.toPlainString());
                field.end();
            }
        }
    }

    @Override
    Node node() {
        return field;
    }

    @Override
    @Nullable String reading() {
        return form().words().reading(spec.traits().hints().unit(), value());
    }

    @Override
    void show() {
        showing = true;
        JsonNode value = value();
        if (!parse(field.getText()).equals(value) || field.getText().isEmpty()) {
            field.setText(
                    value.isNull()
                            ? ""
                            : value.isNumber()
                                    ? value.decimalValue().toPlainString()
                                    : value.asText());
        }
        showing = false;
    }
}
