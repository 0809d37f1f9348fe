package dev.torii.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a route's protocols ask of its other fields: the part that depends on the first of them,
/// which the schema language cannot say.
final class RouteRules {

    /// Protocols that one route may mix.
    private enum Family {
        HTTP("'http' or 'https'"),
        STREAM("'tcp', 'tls', 'tls_passthrough' or 'udp'"),
        PASSTHROUGH("'tcp', 'tls', 'tls_passthrough' or 'udp'"),
        GRPC("'grpc' or 'grpcs'");

        private final String shown;

        Family(String shown) {
            this.shown = shown;
        }

        static Stream<Family> of(String protocol) {
            return Stream.of(values()).filter(family -> family.members().contains(protocol));
        }

        List<String> members() {
            return switch (this) {
                case HTTP -> List.of("http", "https");
                case STREAM -> List.of("tcp", "tls", "udp");
                case PASSTHROUGH -> List.of("tls_passthrough");
                case GRPC -> List.of("grpc", "grpcs");
            };
        }

        List<String> forbidden() {
            return switch (this) {
                case HTTP -> List.of("sources", "destinations");
                case STREAM, PASSTHROUGH -> List.of("methods", "hosts", "paths", "headers");
                case GRPC -> List.of("methods", "sources", "destinations");
            };
        }
    }

    private static final Set<String> WITH_TLS = Set.of("grpcs", "https", "tls", "tls_passthrough");

    private RouteRules() {}

    /// The entity with `strip_path` off where nothing was said and the route is one for gRPC.
    static ObjectNode prepare(ObjectNode route) {
        if (route.has("strip_path") || families(route).stream().noneMatch(Family.GRPC::equals)) {
            return route;
        }
        return route.deepCopy().put("strip_path", false);
    }

    /// @param found what the schema found wrong; rules on fields at fault are left out
    static List<Violation> check(ObjectNode route, List<Violation> found) {
        Set<String> faulty =
                found.stream()
                        .filter(violation -> !violation.path().isEmpty())
                        .map(violation -> violation.path().getFirst())
                        .collect(Collectors.toSet());
        if (faulty.contains("protocols")) {
            return List.of();
        }
        Set<Family> families = families(route);
        if (families.size() > 1) {
            return List.of(
                    Violation.of(
                            "these sets are mutually exclusive: "
                                    + families.stream()
                                            .map(family -> "(" + quoted(family.members()) + ")")
                                            .collect(Collectors.joining(", ")),
                            "protocols"));
        }
        if (families.isEmpty()) {
            return List.of();
        }
        return check(route, families.iterator().next(), faulty);
    }

    private static List<Violation> check(ObjectNode route, Family family, Set<String> faulty) {
        List<Violation> violations = new ArrayList<>();
        for (String field : family.forbidden()) {
            if (!faulty.contains(field) && route.hasNonNull(field)) {
                violations.add(
                        Violation.of(
                                "cannot set '" + field + "' when 'protocols' is " + family.shown,
                                field));
            }
        }
        if (family == Family.GRPC && route.path("strip_path").asBoolean()) {
            violations.add(
                    Violation.of(
                            "cannot set 'strip_path' when 'protocols' is " + family.shown,
                            "strip_path"));
        }
        List<String> protocols = protocols(route);
        if (isSet(route, "snis") && protocols.stream().noneMatch(WITH_TLS::contains)) {
            violations.add(Violation.of("length must be 0", "snis"));
            violations.add(
                    Violation.of(
                            "'snis' can only be set when 'protocols' is 'grpcs', 'https', 'tls' or"
                                    + " 'tls_passthrough'",
                            Violation.ENTITY));
        }
        List<String> matchers = matchers(family, protocols);
        if (matchers.stream().noneMatch(faulty::contains)
                && matchers.stream().noneMatch(field -> isSet(route, field))) {
            violations.add(Violation.of(unmatched(family, protocols, matchers), Violation.ENTITY));
        }
        return violations;
    }

    /// The fields of which a route needs one.
    private static List<String> matchers(Family family, List<String> protocols) {
        return switch (family) {
            case HTTP ->
                    protocols.contains("https")
                            ? List.of("methods", "hosts", "headers", "paths", "snis")
                            : List.of("methods", "hosts", "headers", "paths");
            case GRPC ->
                    protocols.contains("grpcs")
                            ? List.of("hosts", "headers", "paths", "snis")
                            : List.of("hosts", "headers", "paths");
            case STREAM -> List.of("sources", "destinations", "snis");
            case PASSTHROUGH -> List.of("snis");
        };
    }

    private static String unmatched(Family family, List<String> protocols, List<String> matchers) {
        if (family == Family.PASSTHROUGH) {
            return "must set snis when 'protocols' is 'tls_passthrough'";
        }
        String of =
                switch (family) {
                    case HTTP -> protocols.contains("https") ? "'https'" : "'http'";
                    case GRPC -> protocols.contains("grpcs") ? "'grpcs'" : "'grpc'";
                    case STREAM, PASSTHROUGH -> "'tcp', 'tls' or 'udp'";
                };
        return "must set one of " + quoted(matchers) + " when 'protocols' is " + of;
    }

    private static Set<Family> families(ObjectNode route) {
        return protocols(route).stream()
                .flatMap(Family::of)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> protocols(ObjectNode route) {
        List<String> protocols = new ArrayList<>();
        for (JsonNode protocol : route.path("protocols")) {
            protocols.add(protocol.asText());
        }
        return protocols;
    }

    private static boolean isSet(ObjectNode route, String field) {
        return route.hasNonNull(field) && !route.path(field).isEmpty();
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }
}
