package dev.torii.engine.admin;

import dev.torii.engine.balancer.Balancers;
import dev.torii.engine.openapi.ApiDocument;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigStore;
import java.io.Serial;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Kong's Admin API.
public final class AdminServlet extends AnsweringServlet {

    @Serial private static final long serialVersionUID = 1L;

    private final transient EntityResource entities;
    private final transient HealthResource health;
    private final transient SchemaResource schemas;
    private final transient InfoResource info;
    private final transient NodeResource node;
    private final transient PluginRegistry plugins;
    private final transient RuleBook rules;
    private final transient @Nullable FileBackedConfig file;

    /// Answers for this store and these plugins.
    ///
    /// @param node asked at each request, since ports may be known only after the start
    /// @param file where the configuration comes from; null where it is stored
    public AdminServlet(
            ConfigStore store,
            PluginRegistry plugins,
            Balancers balancers,
            InstantSource clock,
            Supplier<NodeInfo> node,
            StatusReport status,
            @Nullable FileBackedConfig file) {
        this.file = file;
        this.plugins = plugins;
        this.rules = new RuleBook(plugins, clock);
        var drafts = new Drafts(rules, clock);
        this.entities = new EntityResource(store, drafts);
        this.health = new HealthResource(entities, balancers, node);
        this.schemas = new SchemaResource(plugins, drafts);
        this.info = new InfoResource(store, plugins, node, status, file != null);
        this.node = new NodeResource(new TagResource(store));
    }

    @Override
    public void describe(ApiDocument api) {
        new PlaceOperations(api, plugins, rules).describe();
        NodeOperations.describe(api);
    }

    @Override
    Endpoint endpoint(List<String> path) {
        return node.find(path).orElseGet(() -> entityEndpoint(path));
    }

    private Endpoint entityEndpoint(List<String> path) {
        Place place = Place.of(path).orElseThrow(Problems::notFound);
        return new Endpoint(place.methods(), call -> answer(place, call));
    }

    private Answer answer(Place place, AdminCall call) {
        if (file != null && !call.method().equals("GET")) {
            FileBackedWrites.refuse(place, call.method());
        }
        return switch (place) {
            case Place.Collection(var kind) -> entities.collection(kind, call);
            case Place.Item(var kind, var key) -> entities.item(kind, key, call);
            case Place.Children(var parent, var relation) ->
                    entities.children(parent, relation, call);
            case Place.Child(var parent, var relation, var key) ->
                    entities.child(parent, relation, key, call);
            case Place.RawChildren(var parent, var relation) ->
                    entities.rawChildren(parent, relation, call);
            case Place.Health(var upstream) -> health.health(upstream, call);
            case Place.Verdict verdict -> health.mark(verdict, call);
            case Place.Parent(var child, var relation) -> entities.parent(child, relation, call);
            case Place.Config _ -> config(call);
            case Place.Info(var page) -> info.answer(page, call);
            case Place.EntitySchema(var name) -> schemas.entity(name);
            case Place.PluginSchema(var name, var configOnly) -> schemas.plugin(name, configOnly);
            case Place.VaultSchema(var type) -> schemas.vault(type);
            case Place.Validation(var name) -> schemas.validate(name, call);
        };
    }

    private Answer config(AdminCall call) {
        if (file == null) {
            throw Problems.plain(
                    400,
                    "this endpoint is only available when Kong is configured to not use a database");
        }
        return file.answer(call);
    }
}
