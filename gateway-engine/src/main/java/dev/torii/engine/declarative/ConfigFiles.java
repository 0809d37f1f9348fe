package dev.torii.engine.declarative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.declarative.Declarations.Options;
import dev.torii.engine.store.ConfigChange;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.engine.store.ConfigStore;
import dev.torii.model.json.Json;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Imports files into a store and exports it as one.
public final class ConfigFiles {

    private final ConfigStore store;
    private final EntityMaker maker;
    private final Declarations declarations;

    public ConfigFiles(ConfigStore store, EntityMaker maker) {
        this.store = store;
        this.maker = maker;
        this.declarations = new Declarations(maker);
    }

    /// What an import would do now.
    ///
    /// @return the plan as [PlanReport] has it
    /// @throws BadConfigException when the file is refused
    public ObjectNode preview(String text, Options options) throws BadConfigException {
        ConfigSnapshot now = store.snapshot();
        return PlanReport.json(declarations.plan(text, options, now), now.revision())
                .put("dry_run", true);
    }

    /// Imports the text, as a whole or not at all.
    ///
    /// @param author for the history
    /// @param seen the revision that the preview was for; null when there was none
    /// @return what was done, as [PlanReport] has it
    /// @throws BadConfigException when the file is refused; then nothing has changed
    /// @throws ChangedMeanwhileException when the configuration is not at that revision any more
    public ObjectNode apply(String author, String text, Options options, @Nullable String seen)
            throws BadConfigException {
        var done = new AtomicReference<@Nullable ImportPlan>();
        var refused = new AtomicReference<@Nullable BadConfigException>();
        ConfigSnapshot after =
                store.write(
                        author,
                        snapshot -> {
                            if (seen != null && !seen.equals(Long.toString(snapshot.revision()))) {
                                throw new ChangedMeanwhileException(seen);
                            }
                            try {
                                ImportPlan plan = declarations.plan(text, options, snapshot);
                                done.set(plan);
                                return plan.change();
                            } catch (BadConfigException e) {
                                refused.set(e);
                                return new ConfigChange(List.of());
                            }
                        });
        ImportPlan plan = done.get();
        BadConfigException fault = refused.get();
        if (fault != null) {
            throw fault;
        }
        if (plan == null) {
            throw new IllegalStateException("the store did not ask for the change");
        }
        return PlanReport.json(plan, after.revision()).put("dry_run", false);
    }

    /// The configuration as a document in `config`, and in `left_out` how many entities of each
    /// kind are not in it since only Torii understands them.
    public ObjectNode export(ConfigExport.Options options) {
        ConfigSnapshot now = store.snapshot();
        ObjectNode answer = Json.object();
        answer.set("config", ConfigExport.document(now, maker, options));
        answer.set("left_out", ConfigExport.leftOut(now, maker, options));
        return answer;
    }

    /// Somebody else was faster. Nothing has changed.
    public static final class ChangedMeanwhileException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ChangedMeanwhileException(String revision) {
            super(
                    "the configuration has changed since revision "
                            + revision
                            + "; look at the differences again",
                    null,
                    false,
                    false);
        }
    }
}
