package dev.torii.desktop.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerSentEventsTest {

    @Test
    void joinsDataLinesAndSkipsComments() throws IOException {
        assertThat(events(": here\n\nevent: usage\ndata: {\ndata: }\n\ndata:x\n\n"))
                .containsExactly("usage={\n}", "message=x");
    }

    @Test
    void doesNotTellAnEventThatIsCutOff() throws IOException {
        assertThat(events("data: whole\n\ndata: half")).containsExactly("message=whole");
    }

    private static List<String> events(String stream) throws IOException {
        List<String> events = new ArrayList<>();
        ServerSentEvents.read(
                new BufferedReader(new StringReader(stream)),
                (name, data) -> events.add(name + "=" + data));
        return events;
    }
}
