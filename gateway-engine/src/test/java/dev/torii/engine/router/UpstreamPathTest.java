package dev.torii.engine.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamPathTest {

    @ParameterizedTest
    @CsvSource({
        "/srv, /roureq, /rou, true, /srv/req",
        "/srv/, /rou, /rou, true, /srv",
        "/service, /route, /, true, /service/route",
        "/service, /route, /, false, /service/route",
        "/, /routereq, /route, true, /req",
        ", /chat, /chat, true, /",
        ", /chat/, /chat, true, /",
        "/srv, /rou/, /rou, true, /srv/",
        "/srv, /rou, /rou, true, /srv",
        "/srv/, /rou/, /rou, true, /srv/",
        "/srv/, /rou/x, /rou, true, /srv/x",
        "/srv, /rou/x, /rou, false, /srv/rou/x",
        "/srv, /, '', false, /srv",
        "/srv/, /x, '', true, /srv/x",
        "/srv, /rou../x, /rou, true, /srv/x",
        "/srv, /rou.., /rou, true, /srv",
    })
    void joinsServiceAndRequest(
            String service, String request, String matched, boolean strip, String upstream) {
        assertThat(UpstreamPath.of(service, request, matched, strip)).isEqualTo(upstream);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a/b",
        "/a//b, /a/b",
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/a/b/.., /a/",
        "/../x, /x",
        "/a%7Eb%2dc, /a~b-c",
        "/a%2fb, /a%2Fb",
        "/a%2e%2e/b, /a../b",
        "/a/%2e%2e/b, /b",
        "/%, /%",
        "/チャット, /チャット",
        "/a.b/.hidden, /a.b/.hidden",
    })
    void normalizesPaths(String path, String normal) {
        assertThat(PathNormalizer.normalize(path)).isEqualTo(normal);
    }
}
