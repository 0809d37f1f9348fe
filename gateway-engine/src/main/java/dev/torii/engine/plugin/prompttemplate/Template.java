package dev.torii.engine.plugin.prompttemplate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON request with gaps: `{{name}}` stands for a parameter.
final class Template {

    private static final Pattern GAP = Pattern.compile("\\{\\{(\\w+)}}");

    private final String text;
    private final SequencedSet<String> parameters;

    Template(String text) {
        this.text = text;
        SequencedSet<String> names = new LinkedHashSet<>();
        GAP.matcher(text).results().forEach(gap -> names.add(gap.group(1)));
        parameters = Collections.unmodifiableSequencedSet(names);
    }

    /// The parameters it wants, in the order of their first use.
    SequencedSet<String> parameters() {
        return parameters;
    }

    /// Whether it makes a JSON object of parameters that suit their places.
    boolean wellFormed() {
        return filled(_ -> "0") != null;
    }

    /// The request, with each value escaped as a JSON string wants it; null when the values make it
    /// anything but a JSON object.
    ///
    /// @param values one for each of [#parameters]
    @Nullable ObjectNode render(Map<String, String> values) {
        return filled(name -> escaped(values.getOrDefault(name, "")));
    }

    /// Values are put in once and not looked at again: a value that reads like a gap stays one.
    private @Nullable ObjectNode filled(UnaryOperator<String> valueOf) {
        String rendered =
                GAP.matcher(text)
                        .replaceAll(gap -> Matcher.quoteReplacement(valueOf.apply(gap.group(1))));
        return Json.parseObjectOrNull(rendered.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String value) {
        String quoted = Json.text(value);
        return quoted.substring(1, quoted.length() - 1);
    }
}
