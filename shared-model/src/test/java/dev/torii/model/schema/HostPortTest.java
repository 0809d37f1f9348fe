package dev.torii.model.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com | example.com:8000",
                "example.com:80 | example.com:80",
                "127.0.0.1 | 127.0.0.1:8000",
                "127.000.0.01:90 | 127.0.0.1:90",
                "::1 | [0000:0000:0000:0000:0000:0000:0000:0001]:8000",
                "[::1]:80 | [0000:0000:0000:0000:0000:0000:0000:0001]:80",
                "2001:DB8::8:800:200c:417a | [2001:0db8:0000:0000:0008:0800:200c:417a]:8000",
                "[::ffff:192.168.1.10] | [0000:0000:0000:0000:0000:ffff:c0a8:010a]:8000",
                "1:2:3:4:5:6:7:8 | [0001:0002:0003:0004:0005:0006:0007:0008]:8000",
                ":: | [0000:0000:0000:0000:0000:0000:0000:0000]:8000",
                "a_b | a_b:8000",
            })
    void writesEachHostInOneWay(String given, String normal) {
        HostPort parsed = Objects.requireNonNull(HostPort.parse(given));

        assertThat(parsed.normal(8000)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2.3.400",
                "example.com:65536",
                "example.com:",
                ":80",
                "[::1",
                "[1.2.3.4]:80",
                "::1::2",
                "a b",
                "http://a",
                "''",
            })
    void refusesWhatIsNeitherNameNorAddress(String given) {
        assertThat(HostPort.parse(given)).isNull();
    }
}
