package dev.torii.engine.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseReaderTest {

    private static final String STREAM =
            ": hello\n\ndata: {\"a\":1}\n\nevent: x\r\ndata:two\r\ndata: 行\r\n\r\ndata: [DONE]\n\n";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void findsTheSameEventsHoweverTheBytesAreCut(long seed) {
        byte[] bytes = STREAM.getBytes(UTF_8);
        Random random = new Random(seed);
        SseReader reader = new SseReader();
        List<String> data = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < bytes.length) {
            int length = Math.min(bytes.length - at, 1 + random.nextInt(7));
            reader.read(
                    ByteBuffer.wrap(bytes, at, length),
                    event -> {
                        data.add(event.data());
                        text.append(event.text());
                    });
            at += length;
        }
        assertThat(data).containsExactly("", "{\"a\":1}", "two\n行", "[DONE]");
        assertThat(text).hasToString(STREAM);
        assertThat(reader.last()).isNull();
    }

    /// An event of a megabyte in pieces of a hundred bytes; what came before it is not touched.
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void readsALongEventInManyPieces(String lineEnd) {
        String event = "data: " + "é".repeat(500_000) + lineEnd + lineEnd;
        byte[] bytes = ("data: a" + lineEnd + lineEnd + event + event).getBytes(UTF_8);
        SseReader reader = new SseReader();
        List<SseEvent> events = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 100) {
            reader.read(
                    ByteBuffer.wrap(bytes, at, Math.min(100, bytes.length - at)),
                    read -> {
                        events.add(read);
                        texts.add(read.text());
                    });
        }
        SseEvent last = reader.last();
        if (last != null) {
            events.add(last);
            texts.add(last.text());
        }
        assertThat(texts).containsExactly("data: a" + lineEnd + lineEnd, event, event);
        assertThat(events).extracting(SseEvent::text).isEqualTo(texts);
    }

    @Test
    void keepsALastEventWithoutItsBlankLine() {
        SseReader reader = new SseReader();
        reader.read(ByteBuffer.wrap("data: a\n\ndata: b".getBytes(UTF_8)), event -> {});
        assertThat(reader.last()).isNotNull().extracting(SseEvent::data).isEqualTo("b");
        assertThat(reader.last()).isNull();
    }

    @Test
    void handsTheSameBufferBackWhenNothingWaited() {
        ByteBuffer bytes = ByteBuffer.wrap("data: a\n\n".getBytes(UTF_8));
        assertThat(new SseReader().read(bytes, event -> {})).isSameAs(bytes);
    }

    @Test
    void endsEventsAtLoneCarriageReturns() {
        SseReader reader = new SseReader();
        List<String> data = new ArrayList<>();
        reader.read(
                ByteBuffer.wrap("data: a\r\rdata: b\r\r".getBytes(UTF_8)),
                event -> data.add(event.data()));
        // The last carriage return may yet be followed by a line feed.
        assertThat(data).containsExactly("a");
        assertThat(reader.last()).isNotNull().extracting(SseEvent::data).isEqualTo("b");
    }
}
