package dev.torii.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.admin.WebOrigin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {

    @TempDir private Path folder;

    @Test
    void saysTheDefaultsWhenNothingIsGiven() {
        assertThat(read(Map.of(), Map.of()))
                .isEqualTo(new Settings(usual(), "127.0.0.1", 8000, null, 8001, 8100));
    }

    @Test
    void takesTheOptionBeforeTheVariableBeforeTheFileBeforeTheDefault() throws IOException {
        Path file = file("my.conf", "proxy-port = 1\nadmin-port = 2\nstatus-port = 3\n");

        Settings settings =
                read(
                        Map.of("proxy-port", "21", "settings", file.toString()),
                        Map.of("TORII_PROXY_PORT", "11", "TORII_ADMIN_PORT", "12"));

        assertThat(settings).isEqualTo(new Settings(usual(), "127.0.0.1", 21, null, 12, 3));
    }

    @Test
    void readsTheFileInTheDataFolder() throws IOException {
        file("torii.conf", "# mine\n\n  proxy-port=9000  \nbind = 127.0.0.2\n");

        Settings settings = read(Map.of("data-dir", folder.toString()), Map.of());

        assertThat(settings).isEqualTo(new Settings(folder, "127.0.0.2", 9000, null, 8001, 8100));
    }

    @Test
    void readsTheNamedFileInsteadOfTheOneInTheDataFolder() throws IOException {
        file("torii.conf", "proxy-port = 9000\n");
        Path named = file("other.conf", "admin-port = 9001\ndata-dir = " + folder + "\n");

        Settings settings = read(Map.of(), Map.of("TORII_SETTINGS", named.toString()));

        assertThat(settings).isEqualTo(new Settings(folder, "127.0.0.1", 8000, null, 9001, 8100));
    }

    @Test
    void opensATlsPortOnlyWhenAsked() throws IOException {
        file("torii.conf", "proxy-tls-port = 8443\n");

        Map<String, String> here = Map.of("data-dir", folder.toString());
        assertThat(read(here, Map.of()).proxyTlsPort()).isEqualTo(8443);
        assertThat(read(here, Map.of("TORII_PROXY_TLS_PORT", "9443")).proxyTlsPort())
                .isEqualTo(9443);
        assertThat(read(here, Map.of("TORII_PROXY_TLS_PORT", "off")).proxyTlsPort()).isNull();
    }

    @Test
    void refusesATlsPortThatAnotherHas() {
        assertThatThrownBy(() -> read(Map.of("proxy-tls-port", "8000"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("proxy-port and proxy-tls-port are both 8000");
    }

    @Test
    void readsWhereTheManagerIs() throws IOException {
        file("torii.conf", "manager-origin = http://a.example:80\n");

        Map<String, String> here = Map.of("data-dir", folder.toString());
        assertThat(read(here, Map.of()).managerOrigins())
                .containsExactly(new WebOrigin("http://a.example"));
        assertThat(
                        read(
                                        here,
                                        Map.of(
                                                "TORII_MANAGER_ORIGIN",
                                                "http://B.example:8002 ,https://c.example"))
                                .managerOrigins())
                .containsExactly(
                        new WebOrigin("http://b.example:8002"), new WebOrigin("https://c.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "localhost:8002", "http://localhost:8002/manager"})
    void refusesAManagerThatIsNoOrigin(String value) {
        assertThatThrownBy(
                        () -> read(Map.of("manager-origin", "http://a.example," + value), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "--manager-origin: "
                                + value
                                + " (expected: scheme://host or scheme://host:port, such as"
                                + " http://localhost:8002");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", "80.5", "99999999999", ""})
    void namesTheOptionWhoseValueIsNoPort(String value) {
        assertThatThrownBy(() -> read(Map.of("admin-port", value), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "--admin-port: "
                                + value
                                + " (expected: a port, 0..65535, where 0 takes a free one)");
    }

    @Test
    void namesTheVariableWhoseValueIsNoPort() {
        assertThatThrownBy(() -> read(Map.of(), Map.of("TORII_STATUS_PORT", "http")))
                .hasMessageStartingWith("TORII_STATUS_PORT: http (expected: a port");
    }

    @Test
    void namesTheLineWhoseValueIsNoPort() throws IOException {
        Path file = file("my.conf", "# first\nproxy-port = many\n");

        assertThatThrownBy(() -> read(Map.of("settings", file.toString()), Map.of()))
                .hasMessageStartingWith(file + ":2: proxy-port: many (expected: a port");
    }

    @ParameterizedTest
    @CsvSource({
        "proxy_port = 8000, ':1: proxy_port (expected: one of admin-port, bind, config,'",
        "proxy-port 8000, ':1: proxy-port 8000 (expected: a line such as'",
        "'{\"proxy-port\": 8000}', ':1: {\"proxy-port\": 8000} (expected: a line such as'",
        "'bind = 127.0.0.1\nbind = ::1', ':2: bind (expected: each name once'"
    })
    void namesTheLineThatIsBroken(String content, String message) throws IOException {
        Path file = file("my.conf", content);

        assertThatThrownBy(() -> read(Map.of("settings", file.toString()), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(file + message);
    }

    @Test
    void refusesAFileThatIsMissingOrNoTextOrInAnotherFormat() throws IOException {
        Path missing = folder.resolve("missing.conf");
        Path binary = Files.write(folder.resolve("binary.conf"), new byte[] {(byte) 0xff, 0});
        Path yaml = file("kong.yaml", "_format_version: '3.0'\n");

        assertThatThrownBy(() -> read(Map.of("settings", missing.toString()), Map.of()))
                .hasMessage("--settings: " + missing + " (expected: a file that exists)");
        assertThatThrownBy(() -> read(Map.of("settings", binary.toString()), Map.of()))
                .hasMessage("--settings: " + binary + " (expected: text in UTF-8)");
        assertThatThrownBy(() -> read(Map.of("settings", yaml.toString()), Map.of()))
                .hasMessageStartingWith(
                        "--settings: " + yaml + " (expected: Torii's own settings file");
    }

    @Test
    void refusesTheDataFolderInsideTheFileThatLiesInIt() throws IOException {
        Path file = file("torii.conf", "data-dir = /elsewhere\n");

        assertThatThrownBy(() -> read(Map.of("data-dir", folder.toString()), Map.of()))
                .hasMessageStartingWith(file + ":1: data-dir (expected: one of");
    }

    @Test
    void refusesOnePortForTwoThings() {
        assertThatThrownBy(() -> read(Map.of("status-port", "8001"), Map.of()))
                .hasMessageStartingWith("admin-port and status-port are both 8001");
        assertThat(read(Map.of("admin-port", "0", "status-port", "0"), Map.of()).statusPort())
                .isZero();
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertThatThrownBy(() -> read(Map.of("bind", "no such host"), Map.of()))
                .hasMessageStartingWith("--bind: no such host (expected: an address");
        assertThatThrownBy(() -> read(Map.of("bind", "192.0.2.1"), Map.of()))
                .hasMessageStartingWith("--bind: 192.0.2.1 (expected: an address of this machine");
    }

    private Settings read(Map<String, String> options, Map<String, String> environment) {
        return new SettingsReader(environment, usual()).read(options);
    }

    private Path usual() {
        return folder.resolve("usual");
    }

    private Path file(String name, String content) throws IOException {
        return Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
