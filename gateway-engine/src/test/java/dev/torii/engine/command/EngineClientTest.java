package dev.torii.engine.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torii.engine.fake.FakeUpstream;
import java.net.URI;
import org.junit.jupiter.api.Test;

class EngineClientTest {

    @Test
    void saysThatAnotherProgramAnswers() {
        try (FakeUpstream other = new FakeUpstream();
                EngineClient client = new EngineClient(URI.create(other.url()), "a test")) {
            assertThatThrownBy(() -> client.ask("GET", "/torii", null))
                    .isInstanceOf(CommandException.class)
                    .hasMessageStartingWith(
                            "what answers on " + other.url() + " does not speak Torii's Admin API");
        }
    }

    @Test
    void saysThatNobodyAnswers() {
        FakeUpstream gone = new FakeUpstream();
        gone.close();
        try (EngineClient client = new EngineClient(URI.create(gone.url()), "a test")) {
            assertThatThrownBy(() -> client.ask("GET", "/torii", null))
                    .isInstanceOf(CommandException.class)
                    .hasMessageStartingWith("the engine does not answer on " + gone.url());
        }
    }
}
