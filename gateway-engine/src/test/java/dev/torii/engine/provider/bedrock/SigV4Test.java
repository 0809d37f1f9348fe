package dev.torii.engine.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.torii.model.json.Json;
import java.io.InputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Signatures, held to those that Amazon publishes.
class SigV4Test {

    private static final Instant AT = Instant.parse("2015-08-30T12:36:00Z");
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    @TestFactory
    Stream<DynamicTest> signsAsAmazonDoes() throws Exception {
        try (InputStream file = SigV4Test.class.getResourceAsStream("/aws-sigv4.json")) {
            JsonNode vectors = Json.parse(Objects.requireNonNull(file).readAllBytes());
            assertThat(vectors.path("vectors")).hasSize(29);
            return StreamSupport.stream(vectors.path("vectors").spliterator(), false)
                    .map(vector ->
                            DynamicTest.dynamicTest(
                                    vector.path("name").textValue(), () -> sign(vector)))
                    .toList()
                    .stream();
        }
    }

    private static void sign(JsonNode vector) throws Exception {
        String[] target = vector.path("target").textValue().split("\\?", 2);
        var request =
                new CanonicalRequest(
                        vector.path("method").textValue(),
                        target[0],
                        target.length == 1 ? null : target[1]);
        for (JsonNode header : vector.path("headers")) {
            String[] parts = header.textValue().split(":", 2);
            request.header(parts[0], parts[1]);
        }
        byte[] body = vector.path("body").textValue().getBytes(UTF_8);
        String[] canonical = vector.path("canonical").textValue().split("\n", -1);
        String hash = canonical[canonical.length - 1];
        if (vector.path("hash").booleanValue()) {
            request.header("X-Amz-Content-Sha256", hash);
        }

        var keys = new AwsKeys("AKIDEXAMPLE", SECRET, vector.path("token").textValue());
        Map<String, String> headers =
                new SigV4(keys, "us-east-1", "service").headers(request, body, AT);

        assertThat(request.text(hash)).isEqualTo(vector.path("canonical").textValue());
        assertThat(headers)
                .containsEntry("X-Amz-Date", "20150830T123600Z")
                .containsEntry(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders="
                                + request.signedHeaders()
                                + ", Signature="
                                + vector.path("signature").textValue());
        assertThat(headers.get("X-Amz-Security-Token")).isEqualTo(keys.session());
    }

    @Test
    void encodesAModelIdOnceMore() {
        var request =
                new CanonicalRequest("POST", "/model/us.amazon.nova-2-lite-v1%3A0/converse", null);
        assertThat(request.header("Host", "h").text(HexFormat.of().formatHex(new byte[1])))
                .isEqualTo(
                        "POST\n/model/us.amazon.nova-2-lite-v1%253A0/converse\n\nhost:h\n\nhost\n00");
    }

    @Test
    void signsAQueryThatNobodyCanDecode() {
        var request = new CanonicalRequest("GET", "/", "b=%zz&a=%2F");
        assertThat(request.text("00")).isEqualTo("GET\n/\na=%2F&b=%25zz\n\n\n00");
    }

    @Test
    void keepsItsSecretsWhereItIsPrinted() {
        assertThat(new AwsKeys("AKIDEXAMPLE", SECRET, "token").toString())
                .isEqualTo("AwsKeys[AKIDEXAMPLE]");
    }
}
