package dev.torii.engine.declarative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.torii.engine.admin.FileEntityMaker;
import dev.torii.engine.declarative.Declarations.Options;
import dev.torii.engine.plugin.PluginRegistry;
import dev.torii.engine.store.ConfigSnapshot;
import dev.torii.model.config.EntityKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is wrong with a file is said with line, column, path and reason, all at once.
final class BrokenFilesTest {

    private static final String HEAD = "_format_version: '3.0'\n";

    private final Declarations declarations =
            new Declarations(
                    new FileEntityMaker(
                            PluginRegistry.discovered(),
                            () -> Instant.parse("2026-11-25T00:00:00Z")));

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("", "1:1: expected an object"),
                broken("just a text", "1:1: expected an object"),
                broken("- a\n- b\n", "1:1: expected an object"),
                broken("a: [1, 2", "1:9: no YAML: expected ',' or ']', but got <stream end>"),
                broken("a: b\n c: d\n", "2:3: no YAML: mapping values are not allowed here"),
                broken(
                        HEAD + "services: []\nservices: []\n",
                        "3:1: the key 'services' is there twice"),
                broken(
                        HEAD + "a: *nowhere\n",
                        "2:4: *nowhere (expected: an anchor that is complete further up)"),
                broken(
                        HEAD + "a: &a [*a]\n",
                        "2:8: *a (expected: an anchor that is complete further up)"),
                broken(
                        HEAD + "a: !!java.lang.Runtime x\n",
                        "2:4: the tag tag:yaml.org,2002:java.lang.Runtime (expected: no tag)"),
                broken(
                        HEAD + "---\nb: 1\n",
                        "2:1: a second document begins (expected: one in a file)"),
                broken(
                        HEAD + "? [a]\n: b\n",
                        "2:3: a list or a mapping as a key (expected: a text)"),
                broken("{\"_format_version\": \"3.0\",\n \"services\": [}", "2:15: no JSON"),
                broken("{\"a\": 1,\n \"a\": 2}", "2:5: no JSON: a key is there twice"),
                broken("{\"a\":\n \"\\ud800\"}", "2:2: an escape spells half of a character"),
                broken("services: []\n", "1:1: _format_version: required field missing"),
                broken("_format_version: 3.0\n", "1:1: _format_version: expected a string"),
                broken(
                        "_format_version: '4.0'\n",
                        "1:1: _format_version: expected one of: 1.1, 2.1, 3.0"),
                broken(HEAD + "servces:\n- name: a\n", "2:1: servces: unknown field"),
                broken(HEAD + "services: {a: b}\n", "2:1: services: expected an array"),
                broken(HEAD + "services:\n- just-a-name\n", "3:3: services[1]: expected a record"),
                broken(HEAD + "_transform: 'yes'\n", "2:1: _transform: expected a boolean"),
                broken(
                        HEAD + "services:\n- name: a\n  port: -12\n  hots: b\n",
                        "3:3: services[1].host: required field missing",
                        "4:3: services[1].port: value should be between 0 and 65535",
                        "5:3: services[1].hots: unknown field"),
                broken(
                        HEAD
                                + "services:\n- {name: a, url: 'no url'}\n- {name: b, host: b, retries: '5'}\n",
                        "3:3: services[1].host: required field missing",
                        "3:3: services[1].path: should start with: /",
                        "4:22: services[2].retries: expected an integer"),
                broken(
                        HEAD
                                + "services:\n- name: a\n  host: a\n  routes:\n  - name: r\n    paths: [a, /b]\n",
                        "7:13: services[1].routes[1].paths[1]: should start with: / (fixed path) or ~/ (regex path)"),
                broken(
                        HEAD + "routes:\n- name: r\n",
                        "3:3: routes[1].@entity: must set one of 'methods', 'hosts', 'headers', 'paths', 'snis' when 'protocols' is 'https'"),
                broken(
                        HEAD + "routes:\n- {name: r, paths: [/], service: nobody}\n",
                        "3:25: routes[1].service: invalid reference 'service: nobody' (no such entry in 'services')"),
                broken(
                        HEAD + "keyauth_credentials:\n- {key: k, consumer: {username: nobody}}\n",
                        "3:12: keyauth_credentials[1].consumer: invalid reference 'consumer: {\"username\":\"nobody\"}' (no such entry in 'consumers')"),
                broken(
                        HEAD + "services:\n- {name: foo, host: a}\n- {name: foo, host: b}\n",
                        "4:3: services[2]: uniqueness violation: 'services' entity with name set to 'foo' already declared"),
                broken(
                        HEAD
                                + "consumers:\n- {username: a, custom_id: x}\n- {username: b, custom_id: x}\n",
                        "4:3: consumers[2]: uniqueness violation: 'consumers' entity with custom_id set to 'x' already declared"),
                broken(
                        HEAD + "plugins:\n- name: no-such-plugin\n",
                        "3:3: plugins[1].name: plugin 'no-such-plugin' not enabled; add it to the 'plugins' configuration property"),
                broken(
                        HEAD
                                + "plugins:\n- name: file-log\n  config:\n    path: /tmp/a\n    reopn: true\n",
                        "6:5: plugins[1].config.reopn: unknown field"),
                broken(
                        HEAD
                                + "consumers:\n- username: a\n  groups:\n  - name: gold\n  oauth2_credentials:\n  - name: app\n",
                        "5:5: consumers[1].groups[1]: Torii has no consumer groups; leave it out, or skip what is not supported",
                        "7:5: consumers[1].oauth2_credentials[1]: Torii has no OAuth 2 credentials; leave it out, or skip what is not supported"),
                broken(
                        HEAD + "services:\n- {name: a, host: '${{ env \"DECK_HOST\" }}'}\n",
                        "3:19: the variable DECK_HOST is not set; set it where the file is read"),
                broken(
                        HEAD + "services:\n- {name: a, host: '${{ env \"HOME\" }}'}\n",
                        "3:19: the variable HOME (expected: a name that begins with DECK_)"));
    }

    private static Arguments broken(String file, String... sentences) {
        return Arguments.of(file, List.of(sentences));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void saysWhereAndWhy(String file, List<String> sentences) {
        assertThat(faults(file).stream().map(ConfigFault::sentence).toList()).isEqualTo(sentences);
    }

    @Test
    void refusesAliasesThatGrowWithoutBounds() {
        var bomb = new StringBuilder(HEAD + "_ignore:\n- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("- &a%d [%s]\n".formatted(i, ("*a" + (i - 1) + ", ").repeat(10)));
        }

        assertThat(faults(bomb.toString()).getFirst().message())
                .isEqualTo("more than 5,000,000 values, aliases spelled out");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        assertThat(faults("a: " + "[".repeat(300)).getFirst().message())
                .isEqualTo("nested deeper than 200 levels");
    }

    @Test
    void leavesOutWhatIsNotSupportedWhenToldToAndSaysSo() throws BadConfigException {
        String file =
                HEAD
                        + "_workspace: team\n_konnect: {}\nconsumer_groups:\n- name: gold\nplugins:\n- name: opa\n- name: prometheus\n";

        ImportPlan plan =
                declarations.plan(
                        file,
                        new Options(Variables.NONE, ImportMode.SYNC, List.of(), true),
                        ConfigSnapshot.empty());

        assertThat(plan.notes())
                .containsExactly(
                        "_workspace: passed over, since Torii has one workspace",
                        "_konnect: passed over, since Torii has no control planes",
                        "5:3: consumer_groups[1]: left out, since Torii has no consumer groups",
                        "7:3: plugins[1]: left out, since Torii has no plugin 'opa'");
        assertThat(plan.changes()).extracting(PlannedChange::name).containsExactly("prometheus");
    }

    @Test
    void readsVariablesThatBeginWithDeck() throws BadConfigException {
        String file =
                HEAD
                        + "services:\n- name: a\n  host: ${{ env \"DECK_HOST\" }}\n  port: ${{ env \"DECK_PORT\" | toInt }}\n";

        ImportPlan plan =
                declarations.plan(
                        file,
                        new Options(
                                new Variables(Map.of("DECK_HOST", "a.test", "DECK_PORT", "8080")),
                                ImportMode.SYNC,
                                List.of(),
                                false),
                        ConfigSnapshot.empty());

        assertThat(Variables.mentioned(file)).containsExactly("DECK_HOST", "DECK_PORT");
        var service =
                ConfigSnapshot.empty()
                        .after(plan.change())
                        .all(EntityKind.SERVICES)
                        .iterator()
                        .next();
        assertThat(service.path("host").textValue()).isEqualTo("a.test");
        assertThat(service.path("port").intValue()).isEqualTo(8080);
    }

    private List<ConfigFault> faults(String file) {
        return catchThrowableOfType(
                        BadConfigException.class,
                        () -> declarations.plan(file, Options.PLAIN, ConfigSnapshot.empty()))
                .faults();
    }
}
