package dev.torii.engine.plugin.aiproxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes [AiModelsHandler]s. How a provider is described is the same as for `ai-proxy`, and taken
/// from its schema.
@AutoService(PluginFactory.class)
public final class AiModelsFactory implements PluginFactory {

    private static final PluginType TYPE =
            new PluginType("ai-models", 770, schema(), PluginType.ALL_SCOPES);

    private static final String TARGETS = "config.targets";

    private static Schema schema() {
        Schema proxy = Schema.load("ai-proxy", AiProxyFactory.class, "schema.json");
        ObjectNode json =
                Schema.load("ai-models", AiModelsFactory.class, "models.json").json().deepCopy();
        ObjectNode proxyConfig = shape(proxy.json(), "config");
        ObjectNode config = shape(json, "config");
        ObjectNode element = (ObjectNode) shape(config, "targets").get("elements");
        ObjectNode model = shape(proxyConfig, "model").deepCopy();
        model.withArrayProperty("fields").removeIf(field -> field.has("name"));
        add(element, "model", model);
        add(element, "auth", shape(proxyConfig, "auth"));
        element.set("entity_checks", proxyConfig.get("entity_checks"));
        for (String same : List.of("logging", "max_request_body_size", "model_name_header")) {
            add(config, same, shape(proxyConfig, same));
        }
        return Schema.parse("ai-models", json);
    }

    /// The description of one field.
    private static ObjectNode shape(ObjectNode record, String name) {
        for (JsonNode field : record.path("fields")) {
            if (field.get(name) instanceof ObjectNode found) {
                return found;
            }
        }
        throw new IllegalStateException("the schema has no field " + name);
    }

    private static void add(ObjectNode record, String name, ObjectNode shape) {
        ((ArrayNode) record.get("fields")).addObject().set(name, shape);
    }

    @Override
    public PluginType type() {
        return TYPE;
    }

    @Override
    public boolean isToriiOnly(ObjectNode config) {
        return true;
    }

    @Override
    public List<Violation> check(ObjectNode config) {
        List<Violation> violations = new ArrayList<>();
        Set<String> prefixes = new HashSet<>();
        int index = 0;
        for (JsonNode target : config.path("targets")) {
            index++;
            String prefix =
                    target.path("prefix").asText(target.path("model").path("provider").asText());
            if (!prefixes.add(prefix)) {
                violations.add(
                        Violation.of(
                                "two targets have the prefix '"
                                        + prefix
                                        + "'; give one of them another",
                                "targets",
                                Integer.toString(index),
                                "prefix"));
            }
        }
        index = 0;
        for (JsonNode alias : config.path("aliases")) {
            index++;
            String model = alias.path("model").asText();
            int slash = model.indexOf('/');
            if (slash < 0 || !prefixes.contains(model.substring(0, slash))) {
                violations.add(
                        Violation.of(
                                "'"
                                        + model
                                        + "' does not begin with the prefix of a target and a slash;"
                                        + " the prefixes are: "
                                        + String.join(", ", prefixes.stream().sorted().toList()),
                                "aliases",
                                Integer.toString(index),
                                "model"));
            }
        }
        return violations;
    }

    /// The targets whose keys are there can be asked.
    @Override
    public boolean runsWithout(String field) {
        return field.startsWith(TARGETS + ".");
    }

    @Override
    public PluginHandler create(PluginContext context) {
        AiModelsConfig config = AiModelsConfig.from(context.plugin().config());
        Map<String, String> missing = new HashMap<>();
        for (int i = 0; i < config.targets().size(); i++) {
            String lacked = context.missingIn(TARGETS + "." + (i + 1));
            if (lacked != null) {
                missing.put(config.targets().get(i).name(), lacked);
            }
        }
        return new AiModelsHandler(context.plugin().id(), config, missing);
    }
}
