package dev.torii.engine.plugin.prompttemplate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.List;

/// Makes [PromptTemplateHandler]s.
@AutoService(PluginFactory.class)
public final class PromptTemplateFactory implements PluginFactory {

    private static final PluginType TYPE =
            new PluginType(
                    "ai-prompt-template",
                    773,
                    Schema.load("ai-prompt-template", PromptTemplateFactory.class, "schema.json"),
                    PluginType.ALL_SCOPES);

    @Override
    public PluginType type() {
        return TYPE;
    }

    @Override
    public List<Violation> check(ObjectNode config) {
        List<Violation> violations = new ArrayList<>();
        JsonNode templates = config.path("templates");
        for (int i = 0; i < templates.size(); i++) {
            if (!new Template(templates.get(i).path("template").asText()).wellFormed()) {
                violations.add(
                        Violation.of(
                                "expected a whole request as a JSON object, such as"
                                        + " {\"messages\":[{\"role\":\"user\",\"content\":\"{{text}}\"}]}",
                                "templates",
                                Integer.toString(i + 1),
                                "template"));
            }
        }
        return violations;
    }

    @Override
    public PluginHandler create(PluginContext context) {
        return new PromptTemplateHandler(PromptTemplateConfig.from(context.plugin().config()));
    }
}
