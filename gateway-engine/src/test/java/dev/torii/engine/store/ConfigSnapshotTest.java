package dev.torii.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.store.ConfigChange.Step;
import dev.torii.model.config.EntityKind;
import dev.torii.model.json.Json;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ConfigSnapshotTest {

    private static ConfigSnapshot after(ConfigSnapshot snapshot, Step... steps) {
        return snapshot.after(new ConfigChange(Arrays.asList(steps)));
    }

    private static Step consumer(String id, String name) {
        return new Step.Put(EntityKind.CONSUMERS, id, Samples.consumer(id, name));
    }

    private static Step key(String id, String key) {
        return new Step.Put(EntityKind.KEYAUTH_CREDENTIALS, id, Samples.key(id, key));
    }

    private static Step delete(EntityKind kind, String id) {
        return new Step.Delete(kind, id);
    }

    @Test
    void findsByAUniqueFieldThroughAllChanges() {
        ConfigSnapshot first =
                after(ConfigSnapshot.empty(), consumer("a", "x"), consumer("b", "y"));
        ConfigSnapshot renamed = after(first, consumer("a", "z"));
        ConfigSnapshot gone = after(renamed, delete(EntityKind.CONSUMERS, "b"));

        assertThat(ids(first.having(EntityKind.CONSUMERS, "username", "x"))).containsExactly("a");
        assertThat(renamed.having(EntityKind.CONSUMERS, "username", "x")).isEmpty();
        assertThat(ids(renamed.having(EntityKind.CONSUMERS, "username", "z"))).containsExactly("a");
        assertThat(ids(renamed.having(EntityKind.CONSUMERS, "username", "y"))).containsExactly("b");
        assertThat(gone.having(EntityKind.CONSUMERS, "username", "y")).isEmpty();
    }

    @Test
    void findsTheChildrenOfAParentInOrder() {
        ConfigSnapshot snapshot = after(ConfigSnapshot.empty(), key("l", "2"), key("k", "1"));

        assertThat(ids(snapshot.having(EntityKind.KEYAUTH_CREDENTIALS, "consumer", "c")))
                .containsExactly("k", "l");
        assertThat(
                        ids(
                                after(snapshot, delete(EntityKind.KEYAUTH_CREDENTIALS, "k"))
                                        .having(EntityKind.KEYAUTH_CREDENTIALS, "consumer", "c")))
                .containsExactly("l");
    }

    @Test
    void findsWhatIsAlikeInSeveralFieldsSetOrNot() {
        List<String> fields = List.of("consumer", "name", "route", "service");
        ObjectNode global = Samples.plugin("g", "t");
        ObjectNode ofRoute = Samples.plugin("r", "t");
        ofRoute.putObject("route").put("id", "1");
        ConfigSnapshot snapshot =
                after(
                        ConfigSnapshot.empty(),
                        new Step.Put(EntityKind.PLUGINS, "g", global),
                        new Step.Put(EntityKind.PLUGINS, "r", ofRoute));

        assertThat(ids(snapshot.alike(EntityKind.PLUGINS, fields, global))).containsExactly("g");
        assertThat(ids(snapshot.alike(EntityKind.PLUGINS, fields, ofRoute))).containsExactly("r");
        ofRoute.putObject("route").put("id", "2");
        assertThat(snapshot.alike(EntityKind.PLUGINS, fields, Json.object().set("name", ofRoute)))
                .isEmpty();
    }

    @Test
    void findsByAFieldThatHasNoIndex() {
        ConfigSnapshot snapshot = after(ConfigSnapshot.empty(), key("k", "1"));

        assertThat(ids(snapshot.having(EntityKind.KEYAUTH_CREDENTIALS, "created_at", "1")))
                .containsExactly("k");
    }

    @Test
    void saysWhatChangedForEachEntityOnce() {
        ConfigSnapshot first =
                after(ConfigSnapshot.empty(), consumer("a", "x"), consumer("b", "y"));

        ConfigSnapshot second =
                after(
                        first,
                        consumer("a", "1"),
                        consumer("a", "2"),
                        delete(EntityKind.CONSUMERS, "b"),
                        consumer("c", "z"),
                        consumer("d", "passing"),
                        delete(EntityKind.CONSUMERS, "d"));

        assertThat(second.changes())
                .extracting(EntityChange::toString)
                .containsExactly("update consumers a", "delete consumers b", "create consumers c");
        assertThat(second.changes().getFirst().before()).isEqualTo(Samples.consumer("a", "x"));
        assertThat(second.changes().getFirst().after()).isEqualTo(Samples.consumer("a", "2"));
    }

    @Test
    void whatChangesNothingIsNoRevision() {
        ConfigSnapshot first = after(ConfigSnapshot.empty(), consumer("a", "x"));

        assertThat(after(first, consumer("a", "x"), delete(EntityKind.CONSUMERS, "b")))
                .isSameAs(first);
    }

    @Test
    void sharesTheKindsAndRecordsThatDidNotChange() {
        ConfigSnapshot first =
                after(ConfigSnapshot.empty(), consumer("a", "x"), consumer("b", "y"));

        ConfigSnapshot second = after(first, consumer("a", "z"));

        assertThat(second.shares(first, EntityKind.ROUTES, EntityKind.PLUGINS)).isTrue();
        assertThat(second.shares(first, EntityKind.ROUTES, EntityKind.CONSUMERS)).isFalse();
        assertThat(second.consumers().getLast()).isSameAs(first.consumers().getLast());
        assertThat(second.consumers().getFirst()).isNotSameAs(first.consumers().getFirst());
    }

    @Test
    void pagesFromAnId() {
        ConfigSnapshot snapshot =
                after(ConfigSnapshot.empty(), consumer("a", "x"), consumer("b", "y"));

        assertThat(ids(snapshot.after(EntityKind.CONSUMERS, "a"))).containsExactly("b");
        assertThat(ids(snapshot.after(EntityKind.CONSUMERS, ""))).containsExactly("a", "b");
        assertThat(snapshot.after(EntityKind.CONSUMERS, "b")).isEmpty();
    }

    private static List<String> ids(Iterable<ObjectNode> entities) {
        return StreamSupport.stream(entities.spliterator(), false)
                .map(entity -> entity.path("id").asText())
                .toList();
    }
}
