package dev.torii.engine.dialect.bedrock;

import static dev.torii.engine.dialect.bedrock.Frames.event;
import static dev.torii.engine.dialect.bedrock.Frames.joined;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torii.engine.dialect.StreamGrammar;
import dev.torii.engine.dialect.anthropic.AnthropicDialect;
import dev.torii.model.llm.Finish;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.Part;
import dev.torii.model.llm.Seal;
import dev.torii.model.llm.TokenUsage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Streamed answers of Bedrock's.
class BedrockStreamTest {

    private static final byte[] START =
            event("messageStart", "{\"p\":\"abc\",\"role\":\"assistant\"}");
    private static final byte[] METADATA =
            event(
                    "metadata",
                    """
                    {"metrics":{"latencyMs":1},"p":"ab","usage":{"inputTokens":25,"outputTokens":15,"totalTokens":50,
                     "cacheReadInputTokens":7,"cacheReadInputTokenCount":7,"cacheWriteInputTokens":3,
                     "cacheWriteInputTokenCount":3,"cacheDetails":[{"ttl":"5m","inputTokens":3}]}}\
                    """);

    private static byte[] stop(String reason) {
        return event("messageStop", "{\"stopReason\":\"" + reason + "\"}");
    }

    private static byte[] call(int index, String id, String name) {
        return event(
                "contentBlockStart",
                "{\"contentBlockIndex\":%d,\"start\":{\"toolUse\":{\"toolUseId\":\"%s\",\"name\":\"%s\"}}}"
                        .formatted(index, id, name));
    }

    private static byte[] delta(int index, String delta) {
        return event(
                "contentBlockDelta",
                "{\"contentBlockIndex\":%d,\"delta\":%s}".formatted(index, delta));
    }

    private static byte[] close(int index) {
        return event("contentBlockStop", "{\"contentBlockIndex\":" + index + "}");
    }

    private static byte[] thought(String fields) {
        return delta(0, "{\"reasoningContent\":" + fields + "}");
    }

    private static final byte[] THINKING =
            joined(
                    thought("{\"text\":\"考\"}"),
                    thought("{\"text\":\"える\"}"),
                    thought("{\"signature\":\"c2ln/+==\"}"),
                    close(0));
    private static final byte[] TEXT =
            joined(
                    delta(1, "{\"text\":\"は\"}"),
                    delta(1, "{\"text\":\"い\"}"),
                    delta(1, "{\"text\":\"\"}"),
                    close(1));
    private static final byte[] CALLS =
            joined(
                    call(2, "tooluse_1", "f"),
                    delta(2, "{\"toolUse\":{\"input\":\"{\\\"x\\\": \"}}"),
                    delta(2, "{\"toolUse\":{\"input\":\"\\\"é\\\"}\"}}"),
                    close(2),
                    call(3, "tooluse_2", "g"),
                    close(3));

    private static StreamGrammar read(byte[]... frames) {
        return Frames.readHoweverCut(BedrockEventReader::new, joined(frames));
    }

    private static List<Part> parts(byte[]... frames) {
        return read(frames).answer().choices().getFirst().parts();
    }

    private static final List<Part> CALLED =
            List.of(
                    new Part.ToolCall("tooluse_1", "f", "{\"x\": \"é\"}", false, null),
                    new Part.ToolCall("tooluse_2", "g", "{}", false, null));

    /// Row 34: the counts of the cache come with a stream as well.
    @Test
    void readsAStreamHoweverItIsCut() {
        LlmAnswer answer = read(START, THINKING, TEXT, CALLS, stop("tool_use"), METADATA).answer();

        assertThat(answer.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0,
                                List.of(
                                        new Part.Thinking(
                                                "考える",
                                                false,
                                                new Seal(
                                                        Seal.Kind.SIGNATURE,
                                                        "bedrock",
                                                        "c2ln/+==")),
                                        new Part.Text("はい"),
                                        CALLED.getFirst(),
                                        CALLED.getLast()),
                                Finish.of(Finish.Kind.TOOL_CALLS)));
        assertThat(answer.usage())
                .isEqualTo(new TokenUsage(25, 7, 3, 15, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void readsWhereATextWasFound() {
        String citation =
                "{\"citation\":{\"title\":\"A\",\"location\":{\"web\":{\"url\":\"https://a.example\"}}}}";
        Part.Text text =
                (Part.Text)
                        parts(
                                        START,
                                        delta(0, "{\"text\":\"see\"}"),
                                        delta(0, citation),
                                        close(0),
                                        stop("end_turn"),
                                        METADATA)
                                .getFirst();
        assertThat(text.annotations())
                .extracting(one -> one.at("/url_citation/url").textValue())
                .containsExactly("https://a.example");
    }

    @Test
    void saysThatToolsAreCalledWhateverTheReason() {
        assertThat(read(START, CALLS, stop("end_turn"), METADATA).answer().choices())
                .containsExactly(
                        new LlmAnswer.Choice(0, CALLED, Finish.of(Finish.Kind.TOOL_CALLS)));
        assertThat(
                        read(START, CALLS, stop("max_tokens"), METADATA)
                                .answer()
                                .choices()
                                .getFirst()
                                .finish())
                .isEqualTo(Finish.of(Finish.Kind.LENGTH));
    }

    @Test
    void readsThoughtsThatOnlyTheModelCanRead() {
        byte[] redacted = thought("{\"redactedContent\":\"ZW5jcnlwdGVk\"}");
        assertThat(parts(START, redacted, close(0), TEXT, stop("end_turn"), METADATA))
                .containsExactly(
                        new Part.Thinking(
                                "",
                                false,
                                new Seal(Seal.Kind.ENCRYPTED, "bedrock", "ZW5jcnlwdGVk")),
                        new Part.Text("はい"));
    }

    @Test
    void closesABlockThatTheProviderLeavesOpen() {
        byte[] other = delta(4, "{\"text\":\"next\"}");
        assertThat(parts(START, delta(1, "{\"text\":\"one\"}"), other, stop("end_turn"), METADATA))
                .containsExactly(new Part.Text("one"), new Part.Text("next"));
    }

    @Test
    void passesOverToolsThatTheProviderRunsItself() {
        byte[] search =
                joined(
                        event(
                                "contentBlockStart",
                                """
                                {"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"s","name":"nova_grounding",
                                 "type":"server_tool_use"}}}\
                                """),
                        delta(0, "{\"toolUse\":{\"input\":\"{}\"}}"),
                        close(0),
                        event(
                                "contentBlockStart",
                                "{\"contentBlockIndex\":5,\"start\":{\"toolResult\":{\"toolUseId\":\"s\"}}}"),
                        delta(5, "{\"toolResult\":[{\"text\":\"found\"}]}"),
                        close(5));
        assertThat(read(START, search, TEXT, stop("end_turn"), METADATA).answer().choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0, List.of(new Part.Text("はい")), Finish.of(Finish.Kind.STOP)));
    }

    @Test
    void failsWhereArgumentsBelongToNoOpenCall() {
        byte[] astray =
                joined(
                        call(2, "a", "f"),
                        call(3, "b", "g"),
                        delta(2, "{\"toolUse\":{\"input\":\"{}\"}}"));
        StreamGrammar stream = read(START, astray, stop("tool_use"), METADATA);
        assertThat(stream.error().message())
                .isEqualTo("the upstream sent arguments of no open tool call");
        assertThat(stream.answer().choices()).isEmpty();
    }

    @Test
    void endsWithoutUsageWhereNoneComes() {
        LlmAnswer answer = read(START, TEXT, stop("end_turn")).answer();
        assertThat(answer.usage()).isNull();
        assertThat(answer.choices().getFirst().finish()).isEqualTo(Finish.of(Finish.Kind.STOP));
    }

    /// Row 26.
    @Test
    void failsWhereAStreamStopsInTheMiddle() {
        String cut = "the upstream ended before the answer was complete";
        assertThat(read(START, TEXT).error().message()).isEqualTo(cut);
        assertThat(read(START, THINKING, delta(1, "{\"text\":\"x\"}")).error().message())
                .isEqualTo(cut);
        assertThat(read().error().message()).isEqualTo(cut);
        byte[] open = Arrays.copyOf(METADATA, METADATA.length - 1);
        assertThat(read(START, TEXT, stop("end_turn"), open).error().message()).isEqualTo(cut);
    }

    /// Row 27.
    @ParameterizedTest
    @CsvSource({
        "internalServerException,SERVER",
        "modelStreamErrorException,SERVER",
        "throttlingException,RATE_LIMIT",
        "serviceUnavailableException,OVERLOADED",
        "modelTimeoutException,TIMEOUT",
        "validationException,INVALID",
        "somethingNew,SERVER"
    })
    void failsWhereAnExceptionComes(String type, LlmError.Kind kind) {
        byte[] exception = Frames.exception(type, "{\"message\":\"why\"}");
        for (StreamGrammar stream :
                List.of(
                        read(exception),
                        read(START, thought("{\"text\":\"hm\"}"), exception),
                        read(START, TEXT, stop("end_turn"), exception, METADATA))) {
            assertThat(stream.error()).isEqualTo(new LlmError(kind, 200, "why", type, null));
            assertThat(stream.answer().choices()).isEmpty();
        }
    }

    @Test
    void failsWhereTheStreamItselfHasAnError() {
        LlmError error = read(START, TEXT, Frames.error("InternalFailure")).error();
        assertThat(error.kind()).isEqualTo(LlmError.Kind.SERVER);
        assertThat(error.message())
                .isEqualTo("the provider broke off the answer and gave no reason");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 9, 14, 40, -1})
    void failsWhereAByteIsDamaged(int at) {
        byte[] damaged = TEXT.clone();
        damaged[at < 0 ? damaged.length + at : at] ^= 0x40;
        StreamGrammar stream =
                StreamGrammar.read(
                        new BedrockEventReader(),
                        List.of(START, damaged, stop("end_turn"), METADATA));
        assertThat(stream.error().message())
                .isIn(
                        "the upstream sent a damaged event stream",
                        "the upstream ended before the answer was complete");
        assertThat(stream.answer().choices()).isEmpty();
    }

    /// A frame of a megabyte in pieces of a hundred bytes, with others before and behind it.
    @Test
    void readsALongFrameInManyPieces() {
        String text = "長".repeat(350_000);
        byte[] stream =
                joined(
                        START,
                        delta(1, "{\"text\":\"a\"}"),
                        delta(1, "{\"text\":\"" + text + "\"}"),
                        delta(1, "{\"text\":\"b\"}"),
                        close(1),
                        stop("end_turn"),
                        METADATA);
        assertThat(
                        StreamGrammar.read(
                                        new BedrockEventReader(),
                                        StreamGrammar.cut(stream, () -> 100))
                                .answer()
                                .choices()
                                .getFirst()
                                .parts())
                .containsExactly(new Part.Text("a" + text + "b"));
    }

    @Test
    void failsWhereTheAnswerIsNoEventStream() {
        assertThat(
                        StreamGrammar.read(
                                        new BedrockEventReader(), "<html>Bad gateway, sorry</html>")
                                .error()
                                .message())
                .isEqualTo("the upstream sent a damaged event stream");
    }

    private static final byte[] CLAUDE =
            joined(
                    Frames.chunk(
                            """
                            {"type":"message_start","message":{"id":"msg_bdrk_1","model":"claude-x",
                             "usage":{"input_tokens":25,"cache_read_input_tokens":7,"output_tokens":1}}}\
                            """),
                    Frames.chunk(
                            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"),
                    Frames.chunk(
                            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"やあ\"}}"));

    private static final byte[] CLAUDE_END =
            joined(
                    Frames.chunk("{\"type\":\"content_block_stop\",\"index\":0}"),
                    Frames.chunk(
                            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":15}}"),
                    Frames.chunk(
                            "{\"type\":\"message_stop\",\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":25}}"));

    private static StreamGrammar invoked(byte[]... frames) {
        return Frames.readHoweverCut(
                () ->
                        Frames.unwrapped(
                                new InvokedEvents(BedrockStreamTest::failure),
                                new AnthropicDialect().reader()),
                joined(frames));
    }

    private static byte[] failure(LlmError error) {
        return "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"%s\"}}\n\n"
                .formatted(error.message())
                .getBytes(UTF_8);
    }

    @Test
    void writesUnwrappedEventsAsServerSentOnes() {
        var unwrapping = new InvokedEvents(BedrockStreamTest::failure);
        String event = "{\"type\":\"ping\",\n \"x\":\"é\"}";
        String written =
                UTF_8.decode(unwrapping.events(ByteBuffer.wrap(Frames.chunk(event)))).toString();
        assertThat(written).isEqualTo("event: ping\ndata: {\"type\":\"ping\",  \"x\":\"é\"}\n\n");
    }

    @Test
    void unwrapsTheEventsOfTheModelsVendor() {
        LlmAnswer answer = invoked(CLAUDE, CLAUDE_END).answer();
        assertThat(answer.id()).isEqualTo("msg_bdrk_1");
        assertThat(answer.choices())
                .containsExactly(
                        new LlmAnswer.Choice(
                                0, List.of(new Part.Text("やあ")), Finish.of(Finish.Kind.STOP)));
        assertThat(Objects.requireNonNull(answer.usage()))
                .isEqualTo(new TokenUsage(25, 7, 0, 15, 0, TokenUsage.Source.FINAL));
    }

    @Test
    void failsWhereWhatIsWrappedStops() {
        assertThat(invoked(CLAUDE).error().message())
                .isEqualTo("the upstream ended before the answer was complete");
        StreamGrammar thrown =
                invoked(
                        CLAUDE,
                        Frames.exception("throttlingException", "{\"message\":\"slow\"}"),
                        CLAUDE_END);
        assertThat(thrown.error().kind()).isEqualTo(LlmError.Kind.RATE_LIMIT);
        assertThat(thrown.error().message()).isEqualTo("slow");
        assertThat(thrown.answer().choices()).isEmpty();
        assertThat(invoked(event("chunk", "{\"bytes\":\"?\"}")).error().message())
                .isEqualTo("the upstream sent a damaged event stream");
    }
}
