package dev.torii.engine.admin;

import dev.torii.model.config.EntityKind;
import dev.torii.model.config.EntitySchemas;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What entities are called in sentences and in identifiers.
final class EntityNames {

    private EntityNames() {}

    /// With its article: `a service`, `an API key`.
    static String one(EntityKind kind) {
        String noun = noun(kind);
        return ("aeiouAEIOU".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    static String many(EntityKind kind) {
        return noun(kind) + "s";
    }

    private static String noun(EntityKind kind) {
        String title =
                EntitySchemas.of(kind)
                        .root()
                        .traits()
                        .hints()
                        .title()
                        .getOrDefault("en", kind.singular().replace('_', ' '));
        boolean acronym = title.length() > 1 && Character.isUpperCase(title.charAt(1));
        return acronym
                ? title
                : title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1);
    }

    /// `client_certificate` as `ClientCertificate`.
    static String capitalised(String snakeCase) {
        return Arrays.stream(snakeCase.split("_", -1))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
