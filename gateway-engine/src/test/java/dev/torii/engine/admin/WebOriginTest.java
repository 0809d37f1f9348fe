package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8002, http://localhost:8002",
        "HTTP://Manager.Example, http://manager.example",
        "http://manager.example:80, http://manager.example",
        "https://manager.example:443, https://manager.example",
        "https://manager.example:80, https://manager.example:80",
        "http://manager.example:443, http://manager.example:443",
        "http://10.0.0.7:8002, http://10.0.0.7:8002",
        "http://[::1]:8002, http://[0:0:0:0:0:0:0:1]:8002",
        "http://[0:0::1]:08002, http://[0:0:0:0:0:0:0:1]:8002",
        "http://kong_manager:8002, http://kong_manager:8002",
    })
    void knowsAPlaceInAllItsSpellings(String text, String place) {
        assertThat(WebOrigin.parse(text)).contains(new WebOrigin(place));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "http://*",
                "http://*.example",
                "localhost",
                "localhost:8002",
                "//localhost:8002",
                "http:localhost",
                "http://",
                "http://:8002",
                "http://localhost:",
                "http://localhost:0",
                "http://localhost:65536",
                "http://localhost:99999999999",
                "http://localhost:-1",
                "http://localhost:80a",
                "http://localhost:8002:8003",
                "http://localhost/",
                "http://localhost:8002/manager",
                "http://localhost:8002?a",
                "http://localhost:8002#a",
                "http://user@localhost:8002",
                "http://user:pass@localhost:8002",
                "http://localhost:8002@evil.example",
                "http://localhost\\@evil.example",
                "http://local host",
                "http://localhost%2eevil",
                "http://-localhost",
                "http://localhost.",
                "http://ｌocalhost",
                "http://localhost, http://evil.example",
                " http://localhost",
                "http://localhost\n",
                "http://[::1",
                "http://[zz::1]",
                "http://[1]",
                "http://[::1%25lo]",
                "http://[127.0.0.1]",
                "ftp://localhost",
                "file://localhost",
                "javascript://localhost",
            })
    void takesNothingElseForAnOrigin(String text) {
        assertThat(WebOrigin.parse(text)).isEmpty();
    }
}
