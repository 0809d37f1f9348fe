package dev.torii.engine.admin;

import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigStore;
import dev.torii.model.api.AdminPaths;
import java.io.Serial;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// `/torii/history`: the changes of the configuration, and the way back to each.
public final class HistoryServlet extends AnsweringServlet {

    @Serial private static final long serialVersionUID = 1L;

    private static final Set<String> READ = Set.of("GET");

    private final transient HistoryResource history;

    public HistoryServlet(ConfigStore store, PluginRegistry plugins, InstantSource clock) {
        this.history =
                new HistoryResource(
                        store,
                        new Restoration(new Drafts(new RuleBook(plugins, clock), clock)),
                        new EntityDiffs(plugins));
    }

    @Override
    Endpoint endpoint(List<String> path) {
        // The first two are /torii/history.
        List<String> below = path.subList(2, path.size());
        if (below.isEmpty()) {
            return new Endpoint(READ, history::list);
        }
        String revision = below.getFirst();
        if (below.size() == 1) {
            return new Endpoint(READ, call -> history.revision(revision, call));
        }
        if (below.size() == 2 && AdminPaths.RESTORE.equals("/" + below.getLast())) {
            return new Endpoint(Set.of("POST"), call -> history.restore(revision, call));
        }
        throw Problems.notFound();
    }

    @Override
    public void describe(ApiDocument api) {
        HistoryOperations.describe(api);
    }
}
