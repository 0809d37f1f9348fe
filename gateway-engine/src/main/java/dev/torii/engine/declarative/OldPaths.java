package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/// Paths of routes before format 3.0: what looked like a regex was one. Since then it needs `~`.
final class OldPaths {

    /// What a plain path is made of.
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z0-9._~/%-]*");

    private OldPaths() {}

    static void mark(ObjectNode route) {
        if (!(route.get("paths") instanceof ArrayNode paths)) {
            return;
        }
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).isTextual()) {
                String path = paths.get(i).textValue();
                if (!path.startsWith("~") && !PLAIN.matcher(path).matches()) {
                    paths.set(i, TextNode.valueOf("~" + path));
                }
            }
        }
    }
}
