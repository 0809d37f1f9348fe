package dev.torii.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.admin.AdminApi.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `ETag` and `If-Match`: nobody overwrites what he has not seen, if he says what he has seen.
class PreconditionTest {

    private AdminApi api;

    @BeforeEach
    void start() throws Exception {
        api = new AdminApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply send(String method, String path, String ifMatch, String json) {
        return api.send(
                HttpRequest.newBuilder(api.uri(path))
                        .header("Content-Type", "application/json")
                        .header("If-Match", ifMatch)
                        .method(method, BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    @Test
    void everyAnswerWithAnEntityHasItsTag() {
        Reply created = api.call("POST", "/services", "{'name':'s','host':'h'}");
        String tag = created.header("ETag");

        assertThat(tag).matches("\"[0-9a-f]{32}\"");
        assertThat(api.get("/services/s").header("ETag")).isEqualTo(tag);
        assertThat(api.get("/services").header("ETag")).isEmpty();
        Reply patched = api.call("PATCH", "/services/s", "{'host':'other'}");
        assertThat(patched.header("ETag")).isNotEqualTo(tag);
        Reply put = api.call("PUT", "/services/s", "{'host':'third'}");
        assertThat(api.get("/services/s").header("ETag")).isEqualTo(put.header("ETag"));
    }

    @Test
    void theOneWhoComesSecondIsToldSo() {
        String read = api.call("POST", "/services", "{'name':'s','host':'h'}").header("ETag");

        Reply first = send("PATCH", "/services/s", read, "{'retries':1}");
        Reply second = send("PATCH", "/services/s", read, "{'retries':2}");

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json().path("message").asText())
                .isEqualTo(
                        "services 's' is not as it was when it was read: another client has changed"
                                + " it since (its ETag is now "
                                + first.header("ETag")
                                + "); read it again and repeat the change");
        assertThat(send("PUT", "/services/s", read, "{'host':'x'}").status()).isEqualTo(412);
        assertThat(send("DELETE", "/services/s", read, "").status()).isEqualTo(412);
        assertThat(api.get("/services/s").json().path("retries").intValue()).isEqualTo(1);
        assertThat(send("DELETE", "/services/s", first.header("ETag"), "").status()).isEqualTo(204);
    }

    @Test
    void oneOfSeveralTagsIsEnoughAndAStarMeansAny() {
        String tag = api.call("POST", "/services", "{'name':'s','host':'h'}").header("ETag");

        assertThat(send("PATCH", "/services/s", "\"a\", " + tag, "{'retries':1}").status())
                .isEqualTo(200);
        assertThat(send("PATCH", "/services/s", "*", "{'retries':2}").status()).isEqualTo(200);
        assertThat(send("PATCH", "/services/s", "W/" + tag, "{'retries':2}").status())
                .isEqualTo(412);
    }

    @Test
    void whatIsGoneIsNotMadeAnew() {
        Reply put = send("PUT", "/services/s", "*", "{'host':'h'}");

        assertThat(put.status()).isEqualTo(412);
        assertThat(put.json().path("message").asText()).contains("'s' is not there (any more)");
        assertThat(send("DELETE", "/services/s", "\"x\"", "").status()).isEqualTo(412);
        assertThat(send("PATCH", "/services/s", "\"x\"", "{}").status()).isEqualTo(404);
        assertThat(api.delete("/services/s").status()).isEqualTo(204);
    }

    @Test
    void holdsBelowAParentToo() {
        api.created("/services", "{'name':'s','host':'h'}");
        String tag =
                api.call("POST", "/services/s/routes", "{'name':'r','paths':['/r']}")
                        .header("ETag");
        api.call("PATCH", "/routes/r", "{'paths':['/other']}");

        assertThat(send("PATCH", "/services/s/routes/r", tag, "{'paths':['/x']}").status())
                .isEqualTo(412);
    }
}
