package dev.torii.desktop.form;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.model.json.Json;
import dev.torii.model.json.MalformedJsonException;
import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Struct;
import dev.torii.model.schema.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// One value being edited, which a form and a JSON text show side by side: what was saved, what it
/// is now, what differs, and what is wrong with it.
///
/// A field that nobody has touched is not complained about until saving is tried. Secrets are whole
/// in the value and masked in the text.
public final class FormModel {

    private final Struct struct;
    private final Checks checks;
    private final Debounce debounce;
    private final List<Shorthand> shorthands;

    private ObjectNode saved;
    private ObjectNode value;
    private List<Violation> violations = List.of();
    private final List<Problem> refused = new ArrayList<>();
    private final Set<FieldPath> touched = new HashSet<>();
    private boolean everythingTouched;
    private final Deque<Step> done = new ArrayDeque<>();
    private final Deque<Step> undone = new ArrayDeque<>();

    private final ReadOnlyObjectWrapper<Marks> marks =
            new ReadOnlyObjectWrapper<>(new Marks(List.of(), List.of(), null, 0));
    private final ReadOnlyIntegerWrapper reloads = new ReadOnlyIntegerWrapper();

    /// What the form says about the value.
    ///
    /// @param changed the innermost fields that differ from what was saved
    /// @param problems those that are to be shown
    /// @param unreadable why the JSON text cannot be read; the form is read-only meanwhile
    /// @param edition goes up with each, so that a change of an already changed field is told too
    public record Marks(
            List<FieldPath> changed,
            List<Problem> problems,
            @Nullable MalformedJsonException unreadable,
            long edition) {

        public boolean dirty() {
            return !changed.isEmpty();
        }

        /// How many fields have to be put right.
        public int toFix() {
            return (int) problems.stream().map(Problem::path).distinct().count();
        }

        public boolean changed(FieldPath path) {
            return changed.stream().anyMatch(each -> each.startsWith(path));
        }

        public @Nullable Problem problem(FieldPath path) {
            for (Problem problem : problems) {
                if (problem.path().equals(path)) {
                    return problem;
                }
            }
            return null;
        }

        /// Whether something in this field or below it is wrong.
        public boolean faulty(FieldPath path) {
            return problems.stream().anyMatch(each -> each.path().startsWith(path));
        }
    }

    private record Step(FieldPath path, ObjectNode before) {}

    /// @param stored the entity as the engine gave it, or what a new one starts with
    public FormModel(
            Struct schema,
            ObjectNode stored,
            Checks checks,
            Debounce debounce,
            List<Shorthand> shorthands) {
        this.struct = forForm(schema, shorthands);
        this.checks = checks;
        this.debounce = debounce;
        this.shorthands = List.copyOf(shorthands);
        this.saved = load(schema, stored);
        this.value = saved.deepCopy();
        check();
    }

    private static Struct forForm(Struct schema, List<Shorthand> shorthands) {
        var fields = new ArrayList<FieldSpec>();
        var own = schema.fields().stream().filter(field -> !field.traits().auto()).toList();
        for (FieldSpec field : own) {
            for (Shorthand shorthand : shorthands) {
                if (shorthand.parts().getFirst().equals(field.name())) {
                    fields.add(shorthand.field());
                }
            }
            fields.add(field);
        }
        return new Struct(schema.name(), schema.traits(), fields, schema.checks());
    }

    private ObjectNode load(Struct schema, ObjectNode stored) {
        ObjectNode own = stored.deepCopy();
        schema.fields().stream()
                .filter(field -> field.traits().auto())
                .forEach(field -> own.remove(field.name()));
        ObjectNode whole = Values.whole(struct, own);
        for (Shorthand shorthand : shorthands) {
            String name = shorthand.field().name();
            if (!own.has(name) || !shorthand.split(whole.get(name), whole)) {
                whole.set(name, shorthand.join(whole));
            }
        }
        return whole;
    }

    /// The fields that the form shows: no server-made ones, and the shorthands before their parts.
    public Struct struct() {
        return struct;
    }

    public List<Shorthand> shorthands() {
        return shorthands;
    }

    public ReadOnlyObjectProperty<Marks> marksProperty() {
        return marks.getReadOnlyProperty();
    }

    public Marks marks() {
        return marks.get();
    }

    /// Grows when the value changed by other means than [#set]: controls then show it anew.
    public ReadOnlyIntegerProperty reloadsProperty() {
        return reloads.getReadOnlyProperty();
    }

    public JsonNode get(FieldPath path) {
        return path.read(value);
    }

    public JsonNode savedValue(FieldPath path) {
        return path.read(saved);
    }

    public void set(FieldPath path, JsonNode now) {
        if (Values.same(get(path), now)) {
            touch(path);
            return;
        }
        if (done.isEmpty() || !done.peek().path().equals(path)) {
            done.push(new Step(path, value.deepCopy()));
        }
        undone.clear();
        write(path, now);
        follow(path);
        refused.removeIf(each ->
                each.path().startsWith(path) || each.path().last().equals(Violation.ENTITY));
        touched.add(path);
        publish();
        debounce.after(this::check);
    }

    /// A null record on the way is opened with its defaults, and closed again when nothing is left
    /// in it but these.
    private void write(FieldPath path, JsonNode now) {
        for (int length = 1; length < path.steps().size(); length++) {
            var above = new FieldPath(path.steps().subList(0, length));
            if (get(above).isNull() && Violations.find(struct, above) instanceof Struct record) {
                above.write(value, Values.whole(record, null));
            }
        }
        path.write(value, now);
        for (FieldPath above = path.parent(); above.steps().size() > 0; above = above.parent()) {
            if (Violations.find(struct, above) instanceof Struct record
                    && Values.initial(record).isNull()
                    && Values.opensByItself(record)
                    && Values.brief(record, get(above)).isEmpty()
                    && savedValue(above).isNull()) {
                above.write(value, NullNode.getInstance());
            }
        }
    }

    private void follow(FieldPath path) {
        for (Shorthand shorthand : shorthands) {
            String name = shorthand.field().name();
            if (path.equals(FieldPath.of(name))) {
                if (shorthand.split(value.get(name), value)) {
                    reloads.set(reloads.get() + 1);
                }
            } else if (shorthand.parts().contains(path.pointer())) {
                value.set(name, shorthand.join(value));
                reloads.set(reloads.get() + 1);
            }
        }
    }

    /// The user has been at this field and left it.
    public void touch(FieldPath path) {
        if (touched.add(path)) {
            check();
        }
    }

    public void revert() {
        replace(saved.deepCopy());
        touched.clear();
        everythingTouched = false;
        check();
    }

    /// The engine has stored this; it is the new starting point.
    public void stored(Struct schema, ObjectNode entity) {
        saved = load(schema, entity);
        value = saved.deepCopy();
        done.clear();
        undone.clear();
        touched.clear();
        everythingTouched = false;
        reloaded();
    }

    /// Somebody else stored this meanwhile: changes are counted from it, and stay as they are.
    public void rebase(Struct schema, ObjectNode entity) {
        saved = load(schema, entity);
        publish();
    }

    /// Takes back the last change.
    public boolean undo() {
        return step(done, undone);
    }

    public boolean redo() {
        return step(undone, done);
    }

    private boolean step(Deque<Step> from, Deque<Step> to) {
        Step step = from.poll();
        if (step == null) {
            return false;
        }
        to.push(new Step(step.path(), value.deepCopy()));
        value = step.before();
        reloaded();
        return true;
    }

    private void replace(ObjectNode now) {
        done.push(new Step(FieldPath.ROOT, value.deepCopy()));
        undone.clear();
        value = now;
        reloaded();
    }

    private void reloaded() {
        refused.clear();
        unreadable(null);
        reloads.set(reloads.get() + 1);
        check();
    }

    /// The short form of the value, secrets masked.
    public String json() {
        return JsonText.pretty(SecretMask.hide(struct, brief()));
    }

    private ObjectNode brief() {
        ObjectNode brief = Values.brief(struct, value);
        for (Shorthand shorthand : shorthands) {
            if (brief.has(shorthand.field().name())) {
                shorthand.parts().forEach(brief::remove);
            }
        }
        return brief;
    }

    /// Takes over an edited text, if it is JSON; masks stand for the secrets that they hide.
    public void edit(String text) {
        ObjectNode read;
        try {
            if (!(Json.parse(text) instanceof ObjectNode object)) {
                throw new MalformedJsonException("not a JSON object", 1, 1);
            }
            read = object;
        } catch (MalformedJsonException e) {
            unreadable(e);
            return;
        }
        var secrets = new HashMap<String, String>();
        SecretMask.remember(struct, saved, secrets);
        SecretMask.remember(struct, value, secrets);
        var restored = (ObjectNode) SecretMask.restore(struct, underConfig(read), secrets);
        ObjectNode now = load(struct, restored);
        unreadable(null);
        if (!Values.same(now, value)) {
            everythingTouched = true;
            replace(now);
        }
    }

    /// Documented plugin settings are often pasted without the `config` around them.
    private ObjectNode underConfig(ObjectNode read) {
        if (!(struct.field("config") instanceof Struct config)
                || read.isEmpty()
                || read.has("config")) {
            return read;
        }
        boolean settings =
                read.properties().stream()
                        .allMatch(entry ->
                                config.field(entry.getKey()) != null
                                        && struct.field(entry.getKey()) == null);
        if (!settings) {
            return read;
        }
        ObjectNode around = brief();
        around.set("config", read);
        return around;
    }

    private void unreadable(@Nullable MalformedJsonException problem) {
        Marks now = marks.get();
        marks.set(new Marks(now.changed(), now.problems(), problem, now.edition() + 1));
    }

    /// What to send to store the changes.
    public ObjectNode patch() {
        return withoutShorthands(Values.patch(struct, saved, value));
    }

    /// What to send to make it anew: only what differs from the defaults.
    public ObjectNode document() {
        return withoutShorthands(Values.brief(struct, value));
    }

    /// The whole value, secrets included.
    public ObjectNode whole() {
        return withoutShorthands(value.deepCopy());
    }

    private ObjectNode withoutShorthands(ObjectNode object) {
        shorthands.forEach(shorthand -> object.remove(shorthand.field().name()));
        return object;
    }

    /// Checks everything as before saving.
    ///
    /// @return whether nothing is wrong
    public boolean ready() {
        everythingTouched = true;
        check();
        return marks.get().problems().isEmpty() && marks.get().unreadable() == null;
    }

    /// Marks the fields that the engine refused.
    public void refused(List<Violation> said, Problem.Source source) {
        refused.clear();
        for (Violation violation : said) {
            refused.add(new Problem(new FieldPath(violation.path()), violation.message(), source));
        }
        publish();
    }

    private void check() {
        var found = new ArrayList<>(checks.check(whole()));
        for (Shorthand shorthand : shorthands) {
            String name = shorthand.field().name();
            JsonNode text = value.get(name);
            boolean blank = text.isNull() || text.asText().isBlank();
            if (blank || !shorthand.split(text, value.deepCopy())) {
                found.removeIf(each -> shorthand.parts().contains(each.pointer()));
                found.add(Violation.of(blank ? Violations.REQUIRED : Violations.URL, name));
            }
        }
        violations = List.copyOf(found);
        publish();
    }

    private void publish() {
        var changed = new ArrayList<>(Values.differences(struct, saved, value));
        for (Shorthand shorthand : shorthands) {
            if (changed.contains(FieldPath.of(shorthand.field().name()))) {
                changed.removeIf(path -> shorthand.parts().contains(path.pointer()));
            }
        }
        var problems = new ArrayList<>(refused);
        for (Violation violation : violations) {
            // A rule over several fields waits until all of them were visited: while the first of
            // two is filled in, there is nothing to complain about.
            var fields = Violations.fields(struct, violation);
            var named = fields.stream().filter(this::isField).toList();
            if (named.isEmpty() ? everythingTouched : named.stream().allMatch(this::isShown)) {
                for (FieldPath path : fields) {
                    if (problems.stream().noneMatch(p -> p.path().equals(path))) {
                        problems.add(new Problem(path, violation.message(), Problem.Source.RULE));
                    }
                }
            }
        }
        Marks now = marks.get();
        marks.set(
                new Marks(
                        List.copyOf(changed),
                        List.copyOf(problems),
                        now.unreadable(),
                        now.edition() + 1));
    }

    private boolean isField(FieldPath path) {
        return !path.last().equals(Violation.ENTITY);
    }

    private boolean isShown(FieldPath path) {
        return everythingTouched
                || touched.stream().anyMatch(at -> path.startsWith(at) || at.startsWith(path));
    }
}
