package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the values in angle brackets of the contract's table stand for:
///
/// - `<consumers>`, `<consumers 2>`: the id of that kind's entity number 1, number 2, which is made
///   when it is asked for first
/// - `<unknown>`: an id that nothing has
/// - `<rsa cert>`, `<rsa key>`, `<ec cert>`, `<ec key>`: a certificate and its key
/// - `<authority 1>`, `<digest of authority 1>`: an authority's certificate and its fingerprint
/// - `<hash of WORDS>`: what is kept of a password of consumer number 1
///
/// @param idOf the id of an entity by its kind and number
record Placeholders(BiFunction<EntityKind, Integer, String> idOf) {

    static final String UNKNOWN = "99999999-9999-4999-8999-999999999999";

    private static final Map<String, TestPems> PEMS =
            Map.of("rsa", TestPems.server("RSA"), "ec", TestPems.server("EC"));

    private static final Map<String, TestPems> AUTHORITIES = new ConcurrentHashMap<>();

    private static final Pattern PLACEHOLDER = Pattern.compile("<([^>]+)>");

    /// A copy with every placeholder filled in.
    <T extends JsonNode> T in(T json) {
        @SuppressWarnings("unchecked")
        T filled = (T) filled(json);
        return filled;
    }

    String in(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(m -> Matcher.quoteReplacement(value(m)));
    }

    private JsonNode filled(JsonNode json) {
        return switch (json) {
            case ObjectNode object -> {
                ObjectNode copy = Json.object();
                object.properties().forEach(e -> copy.set(e.getKey(), filled(e.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = Json.array();
                array.forEach(element -> copy.add(filled(element)));
                yield copy;
            }
            case TextNode text -> TextNode.valueOf(in(text.textValue()));
            default -> json;
        };
    }

    private String value(MatchResult match) {
        String name = match.group(1);
        if (name.startsWith("hash of ")) {
            return sha1(name.substring("hash of ".length()) + idOf.apply(EntityKind.CONSUMERS, 1));
        }
        if (name.startsWith("digest of authority ")) {
            return fingerprint(authority(name.substring("digest of ".length())));
        }
        if (name.startsWith("authority ")) {
            return authority(name).cert();
        }
        String[] words = name.split(" ", -1);
        return switch (words[0]) {
            case "unknown" -> UNKNOWN;
            case "rsa", "ec" -> {
                TestPems pems = Objects.requireNonNull(PEMS.get(words[0]));
                yield words[1].equals("cert") ? pems.cert() : pems.key();
            }
            default ->
                    idOf.apply(
                            EntityKind.ofSchemaName(words[0]).orElseThrow(),
                            words.length == 1 ? 1 : Integer.parseInt(words[1]));
        };
    }

    private static TestPems authority(String name) {
        return AUTHORITIES.computeIfAbsent(name, any -> TestPems.authority());
    }

    private static String fingerprint(TestPems pems) {
        String base64 = pems.cert().replaceAll("-----.*-----|\\s", "");
        return hex("SHA-256", Base64.getDecoder().decode(base64));
    }

    private static String sha1(String text) {
        return hex("SHA-1", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
