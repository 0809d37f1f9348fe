package dev.torii.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.command.EngineClient.Reply;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.ConfigFault;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.declarative.ImportMode;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The configuration of an engine that runs.
final class RunningConfig implements ConfigPlace {

    private final EngineClient engine;

    RunningConfig(EngineClient engine) {
        this.engine = engine;
    }

    @Override
    public ObjectNode preview(String text, Declarations.Options options)
            throws BadConfigException, InterruptedException {
        return post(text, options, "dry_run=1");
    }

    @Override
    public ObjectNode apply(String text, Declarations.Options options, long revision)
            throws BadConfigException, InterruptedException {
        return post(text, options, "revision=" + revision);
    }

    private ObjectNode post(String text, Declarations.Options options, String argument)
            throws BadConfigException, InterruptedException {
        List<String> query = new ArrayList<>(List.of(argument));
        if (options.mode() == ImportMode.MERGE) {
            query.add("merge=1");
        }
        if (options.skipUnsupported()) {
            query.add("skip_unsupported=1");
        }
        addTags(query, options.selectTags());
        ObjectNode body = Json.object().put("config", text);
        options.variables().values().forEach((name, value) -> body.put("variable." + name, value));
        Reply reply = engine.send("POST", path(AdminPaths.CONFIG_IMPORT, query), body);
        JsonNode faults = reply.body().path("faults");
        if (!faults.isEmpty()) {
            throw new BadConfigException(faults.valueStream().map(RunningConfig::fault).toList());
        }
        return reply.expected();
    }

    private static ConfigFault fault(JsonNode fault) {
        return ConfigFault.told(
                fault.path("path").asText(),
                fault.path("message").asText(),
                fault.path("line").asInt(),
                fault.path("column").asInt());
    }

    @Override
    public ObjectNode export(ConfigExport.Options options) throws InterruptedException {
        List<String> query = new ArrayList<>(List.of("format=json"));
        if (options.withIds()) {
            query.add("with_ids=1");
        }
        if (options.maskSecrets()) {
            query.add("mask_secrets=1");
        }
        if (options.torii()) {
            query.add("torii=1");
        }
        addTags(query, options.tags());
        return engine.ask("GET", path(AdminPaths.CONFIG_EXPORT, query), null);
    }

    private static void addTags(List<String> query, List<String> tags) {
        if (!tags.isEmpty()) {
            query.add(
                    "select_tags="
                            + URLEncoder.encode(String.join(",", tags), StandardCharsets.UTF_8));
        }
    }

    private static String path(String path, List<String> query) {
        return path + "?" + String.join("&", query);
    }

    @Override
    public void close() {
        engine.close();
    }
}
