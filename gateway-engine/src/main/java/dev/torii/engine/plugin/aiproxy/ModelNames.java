package dev.torii.engine.plugin.aiproxy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which target and model a client's `model` means. Names are compared as they are: models may
/// contain slashes, colons and capitals.
final class ModelNames {

    /// A model of a target.
    record Named(AiModelsConfig.Target target, String model) {}

    /// A name that a client may ask for, and what is meant.
    record Listed(String id, Named named) {}

    /// A refusal that names more is not read.
    private static final int MOST_NAMED = 12;

    private final Map<String, AiModelsConfig.Target> byPrefix = new LinkedHashMap<>();
    private final Map<String, Named> byName = new LinkedHashMap<>();
    private final List<Listed> listed = new ArrayList<>();

    private final Set<String> keyless;

    /// @param keyless the targets that lack their keys, by their names; they are found, so that
    ///   whoever asks is told, but not shown
    ModelNames(AiModelsConfig config, Set<String> keyless) {
        this.keyless = keyless;
        for (AiModelsConfig.Target target : config.targets()) {
            byPrefix.put(target.name(), target);
            for (String model : target.listed()) {
                var named = new Named(target, model);
                byName.putIfAbsent(model, named);
                listed.add(new Listed(target.name() + "/" + model, named));
            }
        }
        if (config.aliases() != null) {
            for (AiModelsConfig.Alias alias : config.aliases()) {
                Named named = Objects.requireNonNull(prefixed(alias.model()));
                byName.put(alias.alias(), named);
                listed.add(new Listed(alias.alias(), named));
            }
        }
    }

    /// An alias; else a prefix, a slash and any model; else a listed model; else a model of the
    /// provider whose dialect the client speaks, as its tools name them. Null where none is meant.
    ///
    /// @param vendor whose dialect it is
    @Nullable Named find(String asked, String vendor) {
        Named named = byName.get(asked);
        if (named == null) {
            named = prefixed(asked);
        }
        if (named == null && asked.indexOf('/') < 0) {
            named = own(asked, vendor);
        }
        return named;
    }

    private @Nullable Named prefixed(String asked) {
        int slash = asked.indexOf('/');
        AiModelsConfig.Target target = slash < 0 ? null : byPrefix.get(asked.substring(0, slash));
        return target == null ? null : new Named(target, asked.substring(slash + 1));
    }

    private @Nullable Named own(String asked, String vendor) {
        for (AiModelsConfig.Target target : byPrefix.values()) {
            if (target.model().provider().equals(vendor)) {
                return new Named(target, asked);
            }
        }
        return null;
    }

    /// What a list of models shows.
    List<Listed> listed() {
        return listed.stream().filter(each -> hasKey(each.named())).toList();
    }

    private boolean hasKey(Named named) {
        return !keyless.contains(named.target().name());
    }

    /// The model that a client calls so, with its prefix or without, of those that would be listed
    /// if every key were there; null when there is none.
    @Nullable Listed listed(String asked) {
        for (Listed each : listed) {
            if (each.id().equals(asked)) {
                return each;
            }
        }
        Named named = byName.get(asked);
        return named == null ? null : new Listed(asked, named);
    }

    /// What a refusal names, so that the client finds a way.
    String choices() {
        List<String> choices = new ArrayList<>();
        for (String prefix : byPrefix.keySet()) {
            if (!keyless.contains(prefix)) {
                choices.add(prefix + "/…");
            }
        }
        if (choices.isEmpty()) {
            return "none, since every key is missing";
        }
        if (byName.size() > MOST_NAMED) {
            choices.add("or any that /v1/models lists");
        } else {
            byName.forEach((name, named) -> {
                if (hasKey(named)) {
                    choices.add(name);
                }
            });
        }
        return String.join(", ", choices);
    }
}
