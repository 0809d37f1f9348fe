package dev.torii.engine.plugin.promptguard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.service.AutoService;
import com.google.re2j.PatternSyntaxException;
import dev.torii.engine.plugin.PluginContext;
import dev.torii.engine.plugin.PluginFactory;
import dev.torii.engine.plugin.PluginHandler;
import dev.torii.engine.plugin.PluginType;
import dev.torii.model.schema.Schema;
import dev.torii.model.schema.Violation;
import java.util.ArrayList;
import java.util.List;

/// Makes [PromptGuardHandler]s.
@AutoService(PluginFactory.class)
public final class PromptGuardFactory implements PluginFactory {

    private static final PluginType TYPE =
            new PluginType(
                    "ai-prompt-guard",
                    771,
                    Schema.load("ai-prompt-guard", PromptGuardFactory.class, "schema.json"),
                    PluginType.ALL_SCOPES);

    @Override
    public PluginType type() {
        return TYPE;
    }

    @Override
    public List<Violation> check(ObjectNode config) {
        List<Violation> violations = new ArrayList<>();
        check("allow_patterns", config, violations);
        check("deny_patterns", config, violations);
        return violations;
    }

    private static void check(String field, ObjectNode config, List<Violation> violations) {
        int index = 0;
        for (var pattern : config.path(field)) {
            index++;
            try {
                GuardPattern.of(pattern.textValue());
            } catch (PatternSyntaxException e) {
                violations.add(
                        Violation.of(
                                "cannot use the pattern '"
                                        + pattern.textValue()
                                        + "': "
                                        + e.getDescription()
                                        + " (expected RE2 syntax, which has no look-around and no"
                                        + " back-references)",
                                field,
                                Integer.toString(index)));
            }
        }
    }

    @Override
    public PluginHandler create(PluginContext context) {
        return new PromptGuardHandler(PromptGuardConfig.from(context.plugin().config()));
    }
}
