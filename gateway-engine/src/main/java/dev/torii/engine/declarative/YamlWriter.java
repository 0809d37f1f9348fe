package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// Writes a document as YAML that readers of YAML 1.1, as Kong's is, take for the same.
public final class YamlWriter {

    /// Texts that one version or the other takes for something else.
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "(?i)(y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\\.(inf|nan)|[-+.]?[0-9].*)?");

    private static final DumpSettings SETTINGS =
            DumpSettings.builder()
                    .setSchema(new CoreSchema())
                    .setDefaultFlowStyle(FlowStyle.BLOCK)
                    .setIndent(2)
                    .setSplitLines(false)
                    .setUseUnicodeEncoding(true)
                    .setDereferenceAliases(true)
                    .build();

    private YamlWriter() {}

    public static String text(ObjectNode document) {
        var text = new StringWriter();
        new Dump(SETTINGS)
                .dumpNode(
                        node(document),
                        new StreamDataWriter() {
                            @Override
                            public void write(String part) {
                                text.write(part);
                            }

                            @Override
                            public void write(String part, int offset, int length) {
                                text.write(part, offset, length);
                            }
                        });
        return text.toString();
    }

    private static Node node(JsonNode json) {
        return switch (json) {
            case ObjectNode object -> {
                List<NodeTuple> entries = new ArrayList<>();
                object.properties()
                        .forEach(entry ->
                                entries.add(
                                        new NodeTuple(
                                                text(entry.getKey(), true),
                                                node(entry.getValue()))));
                yield new MappingNode(
                        Tag.MAP, entries, entries.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
            }
            case ArrayNode array -> {
                List<Node> elements = new ArrayList<>();
                array.forEach(element -> elements.add(node(element)));
                yield new SequenceNode(
                        Tag.SEQ, elements, elements.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
            }
            default -> scalar(json);
        };
    }

    private static Node scalar(JsonNode json) {
        if (json.isTextual()) {
            return text(json.textValue(), false);
        }
        Tag tag =
                json.isNull()
                        ? Tag.NULL
                        : json.isBoolean()
                                ? Tag.BOOL
                                : json.isIntegralNumber() ? Tag.INT : Tag.FLOAT;
        return new ScalarNode(tag, json.isNull() ? "null" : number(json), ScalarStyle.PLAIN);
    }

    private static String number(JsonNode json) {
        return json.isFloatingPointNumber() ? json.decimalValue().toPlainString() : json.asText();
    }

    private static Node text(String text, boolean key) {
        ScalarStyle style;
        if (AMBIGUOUS.matcher(text).matches()) {
            style = ScalarStyle.DOUBLE_QUOTED;
        } else if (!key && text.contains("\n") && isPlainBlock(text)) {
            style = ScalarStyle.LITERAL;
        } else {
            style = ScalarStyle.PLAIN;
        }
        return new ScalarNode(Tag.STR, text, style);
    }

    /// A block text keeps all but these.
    private static boolean isPlainBlock(String text) {
        return text.chars().allMatch(c -> c == '\n' || c >= ' ')
                && !text.startsWith(" ")
                && !text.startsWith("\n")
                && !text.contains(" \n");
    }
}
