package dev.torii.engine.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.telemetry.PriceTable;
import dev.torii.model.api.AdminPaths;
import dev.torii.model.api.EngineIdentity;
import dev.torii.model.api.SecretList;
import dev.torii.model.api.SecretSummary;
import dev.torii.model.api.UnresolvedReference;
import dev.torii.model.json.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `torii all-in-one`: one address for every provider that there is a key for.
@Command(
        name = "all-in-one",
        description = {
            "Serve every provider that there is a key for at one address, to clients of every"
                    + " dialect. Keys are taken from Torii's vault (torii secret set openai) or from"
                    + " the environment (OPENAI_API_KEY), which the engine has to be started in, too."
                    + " Run it again after a key was added."
        },
        footer = {
            "",
            "Examples:",
            "  torii secret set openai     keep a key in the vault, under the provider's name",
            "  torii all-in-one            create or renew the route /v1 and its models"
        })
final class AllInOneCommand implements Callable<Integer> {

    private static final String NAME = "all-in-one";
    private static final String PLUGIN = "5c1ee8c4-6d0e-4d2c-9b43-a11001000001";

    /// Milliseconds; a model may think for long before its first word.
    private static final int PATIENCE = 600_000;

    /// Of who serves hundreds of models, none is listed; all can be asked for.
    private static final int MOST_LISTED = 100;

    @Mixin private final DataDirOption dataDir = new DataDirOption();

    private final PrintWriter out;
    private final Map<String, String> environment;

    /// @param environment where keys are looked for; the engine that was started in the same one
    ///   has them too
    AllInOneCommand(PrintWriter out, Map<String, String> environment) {
        this.out = out;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (EngineClient client = EngineClient.of(dataDir.path())) {
            Set<String> kept = new HashSet<>();
            SecretList list =
                    Json.convert(client.ask("GET", AdminPaths.SECRETS, null), SecretList.class);
            list.data().stream().map(SecretSummary::name).forEach(kept::add);
            List<ObjectNode> targets = new ArrayList<>();
            List<KnownProvider> keyless = new ArrayList<>();
            PriceTable catalogue = PriceTable.bundled();
            for (KnownProvider provider : KnownProvider.ALL) {
                String key = key(provider, kept);
                if (key == null && provider.variable() != null) {
                    keyless.add(provider);
                    continue;
                }
                targets.add(target(provider, key, catalogue));
            }
            create(client, targets);
            Set<String> unknown = unknown(client);
            targets.removeIf(target -> unknown.contains(key(target)));
            report(client, targets, keyless, unknown);
        }
        return 0;
    }

    /// A reference to the key; null where there is none.
    private @Nullable String key(KnownProvider provider, Set<String> kept) {
        if (kept.contains(provider.name())) {
            return "{vault://torii/" + provider.name() + "}";
        }
        String variable = provider.variable();
        return variable != null && environment.containsKey(variable)
                ? "{vault://env/" + variable + "}"
                : null;
    }

    private static String key(ObjectNode target) {
        return target.path("auth").path("header_value").asText("");
    }

    private static String provider(ObjectNode target) {
        return target.path("model").path("provider").asText();
    }

    /// The keys that the engine was started without.
    private static Set<String> unknown(EngineClient client) throws InterruptedException {
        return identity(client).unresolvedReferences().stream()
                .filter(each -> each.id().equals(PLUGIN))
                .map(UnresolvedReference::reference)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static EngineIdentity identity(EngineClient client) throws InterruptedException {
        return Json.convert(client.ask("GET", AdminPaths.TORII, null), EngineIdentity.class);
    }

    private static ObjectNode target(
            KnownProvider provider, @Nullable String key, PriceTable catalogue) {
        ObjectNode target = Json.object();
        ObjectNode model = target.putObject("model").put("provider", provider.name());
        if (!provider.options().isEmpty()) {
            model.set("options", Json.MAPPER.valueToTree(provider.options()));
        }
        if (key != null) {
            target.putObject("auth").put("header_name", provider.header()).put("header_value", key);
        }
        Set<String> known = catalogue.models(provider.name());
        if (known.size() <= MOST_LISTED) {
            known.forEach(target.putArray("models")::add);
        }
        return target;
    }

    private static void create(EngineClient client, List<ObjectNode> targets)
            throws InterruptedException {
        client.ask(
                "PUT",
                "/services/" + NAME,
                Map.of(
                        "host",
                        "localhost",
                        "retries",
                        1,
                        "read_timeout",
                        PATIENCE,
                        "write_timeout",
                        PATIENCE));
        client.ask(
                "PUT",
                "/services/" + NAME + "/routes/" + NAME,
                Map.of("paths", List.of("/v1", "/v1beta", "~/$"), "strip_path", false));
        client.ask(
                "PUT",
                "/plugins/" + PLUGIN,
                Map.of(
                        "name",
                        "ai-models",
                        "route",
                        Map.of("name", NAME),
                        "config",
                        Map.of("targets", targets)));
    }

    private void report(
            EngineClient client,
            List<ObjectNode> targets,
            List<KnownProvider> keyless,
            Set<String> unknown)
            throws InterruptedException {
        String address = "http://localhost:" + identity(client).ports().proxy();
        List<String> served = targets.stream().map(AllInOneCommand::provider).toList();
        out.println("All models are at " + address + ":");
        out.println("  OpenAI SDKs      base_url = " + address + "/v1");
        out.println("  Anthropic SDKs   base_url = " + address);
        out.println("  Google Gen AI    base_url = " + address);
        out.println("  Claude Code      ANTHROPIC_BASE_URL=" + address);
        out.println(
                "  Codex            base_url = \""
                        + address
                        + "/v1\" of a provider in its config.toml");
        out.println();
        out.println("Clients may show any key; the gateway has the real ones.");
        out.println("A model is named provider/model, such as " + served.getFirst() + "/…");
        out.println("Served: " + String.join(", ", served) + ".");
        if (!unknown.isEmpty()) {
            out.println(
                    "The engine does not know "
                            + String.join(", ", unknown)
                            + ", so that its models answer an error. Start it where that is set; or"
                            + " keep the key in the vault, and this again.");
        }
        if (!keyless.isEmpty()) {
            out.println(
                    "Without a key, and so left out: "
                            + keyless.stream()
                                    .map(each -> each.name() + " (" + each.variable() + ")")
                                    .collect(Collectors.joining(", "))
                            + ".");
            out.println(
                    "To add one: torii secret set "
                            + keyless.getFirst().name()
                            + ", and this again.");
        }
        out.flush();
    }
}
