package dev.torii.desktop.form;

import dev.torii.model.schema.FieldSpec;
import dev.torii.model.schema.FieldSpec.Struct;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Divides a schema into the sections of a form: one for the fields at the top, one for each group
/// and each record, and the advanced fields of all together at the end.
final class FormSections {

    /// A field and where it stands.
    record Item(FieldSpec spec, FieldPath path) {}

    /// @param record the record that the section shows; null for fields of the top level
    record Section(String title, @Nullable String help, @Nullable Item record, List<Item> items) {

        boolean covers(FieldPath path) {
            return items.stream().anyMatch(item -> path.startsWith(item.path()));
        }
    }

    /// @param advanced folded away until asked for
    record Layout(List<Section> sections, List<Item> advanced) {}

    private final FormModel model;
    private final Words words;
    private final Set<FieldPath> elsewhere;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final List<Item> advanced = new ArrayList<>();

    private FormSections(FormModel model, Words words, Set<FieldPath> elsewhere) {
        this.model = model;
        this.words = words;
        this.elsewhere = elsewhere;
    }

    /// @param first the heading of the fields at the top level
    /// @param elsewhere fields that the page shows outside of the form
    static Layout of(FormModel model, Words words, String first, Set<FieldPath> elsewhere) {
        var sections = new FormSections(model, words, elsewhere);
        sections.walk(model.struct(), FieldPath.ROOT, first, null);
        return new Layout(
                sections.sections.values().stream()
                        .filter(section -> !section.items().isEmpty())
                        .toList(),
                List.copyOf(sections.advanced));
    }

    /// The fields of a record inside a list, with the records inside it as they are.
    static List<Item> items(Struct struct, FieldPath path) {
        return struct.fields().stream()
                .filter(field -> !field.traits().auto())
                .map(field -> new Item(field, path.child(field.name())))
                .toList();
    }

    private void walk(Struct struct, FieldPath path, String title, @Nullable Item record) {
        var records = new ArrayList<Item>();
        for (FieldSpec field : ordered(struct)) {
            var item = new Item(field, path.child(field.name()));
            if (elsewhere.contains(item.path()) || fixed(field)) {
                continue;
            }
            if (isAdvanced(item)) {
                advanced.add(item);
            } else if (field instanceof Struct inner && !RecordControl.needsSwitch(inner)) {
                records.add(item);
            } else {
                String group = field.traits().hints().group();
                String heading = group == null ? title : words.group(group);
                section(heading, group == null ? record : null).items().add(item);
            }
        }
        for (Item item : records) {
            walk((Struct) item.spec(), item.path(), words.heading(item.spec()), item);
        }
    }

    private Section section(String title, @Nullable Item record) {
        return sections.computeIfAbsent(
                title,
                _ ->
                        new Section(
                                title,
                                record == null ? null : words.help(record.spec()),
                                record,
                                new ArrayList<>()));
    }

    /// A field that may hold but one value is none to fill in.
    private static boolean fixed(FieldSpec field) {
        return field.traits().mustEqual() != null;
    }

    private boolean isAdvanced(Item item) {
        return item.spec().traits().hints().advanced()
                || model.shorthands().stream()
                        .anyMatch(shorthand -> shorthand.parts().contains(item.path().pointer()));
    }

    /// Fields that must be filled in come first.
    private static List<FieldSpec> ordered(Struct struct) {
        var fields = new ArrayList<>(struct.fields());
        fields.sort(
                Comparator.comparing(field ->
                        !(field.traits().required()
                                && field.traits().defaultValue() == null
                                && !(field instanceof Struct))));
        return fields;
    }
}
