package dev.torii.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.model.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

class PluginRegistryTest {

    @Test
    void listsTypesByName() {
        var registry =
                new PluginRegistry(List.of(new FakePlugin("zebra", 1), new FakePlugin("ant", 2)));

        assertThat(registry.types()).extracting(PluginType::name).containsExactly("ant", "zebra");
        assertThat(registry.find("ant")).map(factory -> factory.type().priority()).contains(2);
        assertThat(registry.schema("ant")).map(Schema::name).contains("ant");
        assertThat(registry.find("bee")).isEmpty();
        assertThat(registry.schema("bee")).isEmpty();
    }

    @Test
    void refusesTwoPluginsOfOneName() {
        assertThatThrownBy(() ->
                        new PluginRegistry(
                                List.of(new FakePlugin("ant", 1), new FakePlugin("ant", 2))))
                .hasMessageContaining("two plugins are named 'ant'")
                .hasMessageContaining(FakePlugin.class.getName());
    }
}
