package dev.torii.model.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ToriiVersionTest {

    @Test
    void isTheOneOfTheBuild() {
        assertThat(ToriiVersion.current()).matches("\\d+\\.\\d+\\.\\d+");
    }
}
