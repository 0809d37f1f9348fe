package dev.torii.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FormHints;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every plugin. By convention `XFactory` has its settings in the record `XConfig`
/// beside it.
@TestInstance(Lifecycle.PER_CLASS)
abstract class PluginContract {

    private static final SnakeCaseStrategy SNAKE_CASE = new SnakeCaseStrategy();

    private static final Set<String> LANGUAGES = Set.of("en", "ja");

    /// The plugins that are to keep the contract.
    abstract Stream<PluginFactory> factories();

    /// The place in the order that clients of the Admin API rely on, by plugin.
    abstract Map<String, Integer> priorities();

    /// A configuration of the plugin with nothing but what it requires, in JSON with single quotes.
    abstract String smallestConfig(String plugin);

    /// Fields that a plugin takes and does not read into its record, as `plugin/field`.
    abstract Set<String> unread();

    @ParameterizedTest
    @MethodSource("factories")
    void hasItsPlaceInTheOrder(PluginFactory factory) {
        assertThat(priorities()).containsEntry(factory.type().name(), factory.type().priority());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void schemaAndRecordNameTheSameFields(PluginFactory factory) throws Exception {
        Class<?> settings = recordOf(factory);
        assertThat(factory.type().schema().root().field("config"))
                .isInstanceOfSatisfying(
                        FieldSpec.Struct.class,
                        config -> agree(factory.type().name(), config, settings));
    }

    private void agree(String plugin, FieldSpec.Struct struct, Class<?> type) {
        assertThat(Stream.of(type.getRecordComponents()).map(PluginContract::jsonName))
                .as("components of " + type.getName())
                .containsExactlyInAnyOrderElementsOf(
                        struct.fields().stream()
                                .filter(field -> !mustStayEmpty(field))
                                .map(FieldSpec::name)
                                .filter(field -> !unread().contains(plugin + "/" + field))
                                .toList());
        for (RecordComponent component : type.getRecordComponents()) {
            FieldSpec field = struct.field(jsonName(component));
            if (field instanceof FieldSpec.Sequence sequence) {
                field = sequence.element();
            }
            Class<?> inner = elementType(component.getGenericType());
            if (field instanceof FieldSpec.Struct nested && inner.isRecord()) {
                agree(plugin, nested, inner);
            }
        }
    }

    /// A field of Kong's that Torii knows only to refuse it.
    private static boolean mustStayEmpty(FieldSpec field) {
        JsonNode only = field.traits().mustEqual();
        return only != null && only.isNull();
    }

    private static String jsonName(RecordComponent component) {
        return SNAKE_CASE.translate(component.getName());
    }

    private static Class<?> elementType(Type type) {
        return type instanceof ParameterizedType generic
                ? elementType(generic.getActualTypeArguments()[0])
                : type instanceof Class<?> plain ? plain : Object.class;
    }

    @ParameterizedTest
    @MethodSource("factories")
    void schemaAndRecordHaveTheSameDefaults(PluginFactory factory) throws Exception {
        ObjectNode config = new PluginBench(factory).config(smallestConfig(factory.type().name()));

        ObjectNode written = Json.MAPPER.valueToTree(Json.convert(config, recordOf(factory)));

        config.retain(written.properties().stream().map(Map.Entry::getKey).toList());
        assertThat(written.toString()).isEqualTo(config.toString());
    }

    @ParameterizedTest
    @MethodSource("factories")
    void theDefaultConfigRunsOrIsRefusedInASentence(PluginFactory factory) {
        var bench = new PluginBench(factory);

        List<String> faults = bench.faults("{}");

        if (faults.isEmpty()) {
            bench.handler("{}").close();
        } else {
            assertThat(faults).allSatisfy(text -> assertThat(text).matches(".+: .{10,}"));
        }
    }

    @ParameterizedTest
    @MethodSource("factories")
    void theSmallestConfigRuns(PluginFactory factory) {
        new PluginBench(factory).handler(smallestConfig(factory.type().name())).close();
    }

    @ParameterizedTest
    @MethodSource("factories")
    void theSchemaForbidsTheScopesThatTheTypeForbids(PluginFactory factory) {
        for (PluginType.Scope scope : PluginType.Scope.values()) {
            FieldSpec field =
                    factory.type().schema().root().field(scope.name().toLowerCase(Locale.ROOT));
            boolean forbidden = field != null && mustStayEmpty(field);
            assertThat(forbidden).isNotEqualTo(factory.type().scopes().contains(scope));
        }
    }

    @ParameterizedTest
    @MethodSource("factories")
    void everyFieldHasATitleAndASentenceInBothLanguages(PluginFactory factory) {
        assertThat(
                        named(factory.type().schema().root(), "")
                                .filter(field -> !saysEverything(field.spec().traits().hints()))
                                .map(Named::path))
                .isEmpty();
    }

    private static boolean saysEverything(FormHints hints) {
        return hints.title().keySet().equals(LANGUAGES) && hints.help().keySet().equals(LANGUAGES);
    }

    private record Named(String path, FieldSpec spec) {}

    /// The fields that a form labels; `config` itself is the form.
    private static Stream<Named> named(FieldSpec spec, String path) {
        String own = spec.name().isEmpty() ? path : path + "/" + spec.name();
        Stream<Named> self =
                spec.name().isEmpty() || own.equals("/config")
                        ? Stream.of()
                        : Stream.of(new Named(own, spec));
        Stream<Named> inner =
                switch (spec) {
                    case FieldSpec.Struct struct ->
                            struct.fields().stream().flatMap(field -> named(field, own));
                    case FieldSpec.Sequence sequence -> named(sequence.element(), own);
                    case FieldSpec.Mapping mapping -> named(mapping.values(), own);
                    default -> Stream.of();
                };
        return Stream.concat(self, inner);
    }

    private static Class<?> recordOf(PluginFactory factory) throws ClassNotFoundException {
        String name = factory.getClass().getName();
        assertThat(name).endsWith("Factory");
        return Class.forName(name.substring(0, name.length() - "Factory".length()) + "Config");
    }
}
