package dev.torii.engine.router;

import com.google.re2j.Pattern;
import dev.torii.engine.exchange.ClientRequest;
import dev.torii.model.schema.LinearRegex;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A route's `headers`: each must be there with one of its values. Values are compared in lower
/// case; one that starts with `~*` is a regex.
final class HeaderMatcher {

    private record Value(String text, @Nullable Pattern regex) {

        static Value of(String value) {
            return value.startsWith("~*")
                    ? new Value("", LinearRegex.compile(value.substring(2)))
                    : new Value(value.toLowerCase(Locale.ROOT), null);
        }

        boolean matches(String lowerCase) {
            return regex == null ? text.equals(lowerCase) : regex.matcher(lowerCase).find();
        }
    }

    /// A dash and an underscore in a name are the same.
    private record Rule(String dashed, String underscored, List<Value> values) {

        static Rule of(String name, List<String> values) {
            return new Rule(
                    name.replace('_', '-'),
                    name.replace('-', '_'),
                    values.stream().map(Value::of).toList());
        }
    }

    private final List<Rule> rules = new ArrayList<>();

    HeaderMatcher(Map<String, List<String>> headers) {
        headers.forEach((name, values) -> rules.add(Rule.of(name, values)));
    }

    int count() {
        return rules.size();
    }

    boolean matches(ClientRequest request) {
        for (Rule rule : rules) {
            if (!matchesAny(rule, request.headers(rule.dashed()))
                    && !matchesAny(rule, request.headers(rule.underscored()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesAny(Rule rule, List<String> sent) {
        for (String header : sent) {
            String lowerCase = header.toLowerCase(Locale.ROOT);
            for (Value value : rule.values()) {
                if (value.matches(lowerCase)) {
                    return true;
                }
            }
        }
        return false;
    }
}
