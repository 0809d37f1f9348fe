package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;

/// What a scalar of YAML's core schema is: a text, a number, true or false, or nothing.
final class YamlScalars {

    /// A number with more digits has no field to go to, and takes long to reckon with.
    private static final int LONGEST_NUMBER = 100;

    private final CoreScalarResolver resolver = new CoreScalarResolver(false);
    private final Variables variables;

    YamlScalars(Variables variables) {
        this.variables = variables;
    }

    Located read(ScalarEvent event) throws BadConfigException {
        int line = YamlText.line(event.getStartMark());
        int column = YamlText.column(event.getStartMark());
        String text = variables.fillIn(event.getValue(), line, column);
        DocumentText.checkCharacters(text, line, column);
        Tag tag = event.getTag().map(Tag::new).orElse(null);
        if (tag == null) {
            tag = resolver.resolve(text, event.isPlain());
        }
        return Located.scalar(json(tag, text, line, column), line, column);
    }

    private static JsonNode json(Tag tag, String text, int line, int column)
            throws BadConfigException {
        if (tag.equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(text.toLowerCase(Locale.ROOT).equals("true"));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return number(text, line, column);
        }
        if (tag.equals(Tag.STR) || tag.equals(Tag.MERGE)) {
            return TextNode.valueOf(text);
        }
        throw BadConfigException.syntax(
                "the tag " + tag.getValue() + " (expected: no tag)", line, column);
    }

    private static JsonNode number(String text, int line, int column) throws BadConfigException {
        try {
            if (text.length() > LONGEST_NUMBER) {
                throw new NumberFormatException();
            }
            if (text.startsWith("0x")) {
                return integer(new BigInteger(text.substring(2), 16));
            }
            if (text.startsWith("0o")) {
                return integer(new BigInteger(text.substring(2), 8));
            }
            var decimal = new BigDecimal(text);
            return text.chars().allMatch(c -> Character.isDigit(c) || c == '-' || c == '+')
                    ? integer(decimal.toBigIntegerExact())
                    : DecimalNode.valueOf(decimal);
        } catch (NumberFormatException e) {
            throw BadConfigException.syntax("expected a number that can be written", line, column);
        }
    }

    /// The node that the JSON parser would make, so that equal numbers are equal nodes.
    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(value.intValueExact());
        }
        return value.bitLength() < Long.SIZE
                ? LongNode.valueOf(value.longValueExact())
                : BigIntegerNode.valueOf(value);
    }
}
