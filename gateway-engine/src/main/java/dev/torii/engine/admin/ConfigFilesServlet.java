package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.ConfigFault;
import dev.torii.engine.declarative.ConfigFiles;
import dev.torii.engine.declarative.ConfigFiles.ChangedMeanwhileException;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.declarative.ImportMode;
import dev.torii.engine.declarative.Variables;
import dev.torii.engine.declarative.YamlWriter;
import dev.torii.engine.openapi.ApiDocument;
import java.io.Serial;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `/torii/config/import` and `/torii/config/export`: the whole configuration as a file, in one
/// transaction.
public final class ConfigFilesServlet extends AnsweringServlet {

    @Serial private static final long serialVersionUID = 1L;

    private static final String VARIABLE = "variable.";

    private final transient ConfigFiles files;
    private final boolean readOnly;

    /// @param readOnly whether the configuration comes from a file, and so is changed there
    public ConfigFilesServlet(ConfigFiles files, boolean readOnly) {
        this.files = files;
        this.readOnly = readOnly;
    }

    @Override
    Endpoint endpoint(List<String> path) {
        return switch (path.getLast()) {
            case "import" -> new Endpoint(Set.of("POST"), this::imported);
            case "export" -> new Endpoint(Set.of("GET"), this::exported);
            default -> throw Problems.notFound();
        };
    }

    @Override
    public void describe(ApiDocument api) {
        ConfigOperations.describe(api);
    }

    private Answer imported(AdminCall call) {
        boolean dryRun = is(call, "dry_run");
        if (readOnly && !dryRun) {
            throw Problems.plain(
                    405,
                    "this engine takes its configuration from a file; change that file, or load"
                            + " another with POST /config");
        }
        DocumentBody body = call.document();
        if (body.text().isEmpty()) {
            throw Problems.plain(400, "expected a declarative configuration");
        }
        Declarations.Options options = options(call, body);
        try {
            return Answer.ok(
                    dryRun
                            ? files.preview(body.text(), options)
                            : files.apply(
                                    call.client(),
                                    body.text(),
                                    options,
                                    call.query().get("revision")));
        } catch (BadConfigException e) {
            throw refused(e);
        } catch (ChangedMeanwhileException e) {
            throw Problems.plain(409, String.valueOf(e.getMessage()));
        }
    }

    private static Declarations.Options options(AdminCall call, DocumentBody body) {
        Map<String, String> variables = new HashMap<>();
        body.options()
                .forEach((name, value) -> {
                    if (name.startsWith(VARIABLE)) {
                        variables.put(name.substring(VARIABLE.length()), value);
                    }
                });
        return new Declarations.Options(
                new Variables(variables),
                is(call, "merge") ? ImportMode.MERGE : ImportMode.SYNC,
                names(call, "select_tags"),
                is(call, "skip_unsupported"));
    }

    private static ProblemException refused(BadConfigException e) {
        ObjectNode body =
                Problems.invalidDeclarative(
                        "the configuration has %d %s; nothing was changed"
                                .formatted(
                                        e.faults().size(),
                                        e.faults().size() == 1 ? "fault" : "faults"));
        ArrayNode faults = body.putArray("faults");
        for (ConfigFault fault : e.faults()) {
            faults.addObject()
                    .put("line", fault.line())
                    .put("column", fault.column())
                    .put("path", fault.pointer())
                    .put("message", fault.message());
        }
        return new ProblemException(new Answer(400, body));
    }

    private Answer exported(AdminCall call) {
        var options =
                new ConfigExport.Options(
                        is(call, "with_ids"),
                        is(call, "mask_secrets"),
                        is(call, "torii"),
                        names(call, "select_tags"));
        ObjectNode export = files.export(options);
        if (!call.query().getOrDefault("format", "yaml").equals("json")) {
            export.put("config", YamlWriter.text(export.withObjectProperty("config")));
        }
        return Answer.ok(export);
    }

    private static boolean is(AdminCall call, String name) {
        String value = call.query().get(name);
        return value != null && Set.of("", "1", "true").contains(value);
    }

    private static List<String> names(AdminCall call, String name) {
        String value = call.query().get(name);
        return value == null || value.isBlank()
                ? List.of()
                : Arrays.stream(value.split(",", -1)).map(String::strip).toList();
    }
}
