package dev.torii.engine.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.BadConfigException;
import dev.torii.engine.declarative.ConfigExport;
import dev.torii.engine.declarative.Declarations;
import dev.torii.engine.declarative.ImportPlan;
import dev.torii.engine.declarative.KongAnswer;
import dev.torii.engine.declarative.YamlWriter;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.ConfigStore;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// A configuration that comes from a file and lives in memory, as in Kong without a database: it is
/// replaced as a whole, and its entities cannot be changed one by one.
public final class FileBackedConfig {

    static final String EMPTY_HASH = "0".repeat(32);
    private static final String AUTHOR = "config file";
    private static final Set<String> YES = Set.of("true", "1", "on", "yes");

    private final ConfigStore store;
    private final Declarations declarations;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile String hash = EMPTY_HASH;

    /// @param store in memory
    public FileBackedConfig(ConfigStore store, Declarations declarations) {
        this.store = store;
        this.declarations = declarations;
    }

    /// Of the text that was loaded last; zeros while there are no entities.
    public String hash() {
        ConfigSnapshot now = store.snapshot();
        boolean empty =
                Arrays.stream(EntityKind.values()).allMatch(kind -> now.all(kind).isEmpty());
        return empty ? EMPTY_HASH : hash;
    }

    /// Puts the configuration in the text in force.
    ///
    /// @throws BadConfigException when it cannot be; then nothing has changed
    public ImportPlan load(String text, Declarations.Options options) throws BadConfigException {
        return load(text, options, AUTHOR);
    }

    private ImportPlan load(String text, Declarations.Options options, String author)
            throws BadConfigException {
        loading.lock();
        try {
            ConfigSnapshot current = store.snapshot();
            ImportPlan plan = declarations.plan(text, options, current);
            store.write(author, snapshot -> plan.change());
            hash = md5(text);
            return plan;
        } finally {
            loading.unlock();
        }
    }

    Answer answer(AdminCall call) {
        return call.method().equals("POST") ? post(call) : get();
    }

    private Answer get() {
        String yaml = YamlWriter.text(ConfigExport.flat(store.snapshot()));
        return Answer.ok(Json.object().put("config", yaml));
    }

    private Answer post(AdminCall call) {
        DocumentBody body = call.document();
        boolean checkHash = option(call, body, "check_hash").equals("1");
        boolean flatten =
                YES.contains(option(call, body, "flatten_errors").toLowerCase(Locale.ROOT));
        if (body.text().isEmpty()) {
            throw Problems.plain(400, "expected a declarative configuration");
        }
        if (checkHash && md5(body.text()).equals(hash)) {
            return new Answer(304, null);
        }
        if (!loading.tryLock()) {
            throw Problems.plain(429, "Currently loading previous configuration");
        }
        try {
            return Answer.created(
                    flattened(load(body.text(), Declarations.Options.PLAIN, call.client())));
        } catch (BadConfigException e) {
            throw refused(e, flatten);
        } finally {
            loading.unlock();
        }
    }

    private static String option(AdminCall call, DocumentBody body, String name) {
        String value = call.query().getOrDefault(name, body.options().get(name));
        return value == null ? "" : value;
    }

    private static ObjectNode flattened(ImportPlan plan) {
        ObjectNode entities = Json.object();
        plan.entities()
                .forEach((kind, byId) -> {
                    ObjectNode ofKind = entities.putObject(kind.schemaName());
                    byId.forEach(ofKind::set);
                });
        return entities;
    }

    static ProblemException refused(BadConfigException e, boolean flatten) {
        ObjectNode whole = KongAnswer.fields(e.faults());
        ObjectNode body =
                Problems.invalidDeclarative(
                        "declarative config is invalid: "
                                + LuaText.inline(
                                        flatten ? KongAnswer.fieldsOfNoEntity(e.faults()) : whole));
        body.set("fields", flatten ? KongAnswer.fieldsOfNoEntity(e.faults()) : whole);
        if (flatten) {
            body.set("flattened_errors", KongAnswer.flattened(e.faults()));
        }
        return new ProblemException(new Answer(400, body));
    }

    /// Nobody is kept out by it: it only tells one text from another.
    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("MD5")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
