package dev.torii.engine.dialect.bedrock;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.torii.engine.dialect.AmazonErrors;
import dev.torii.engine.dialect.AnswerHeaders;
import dev.torii.engine.dialect.Decided;
import dev.torii.engine.dialect.EventReader;
import dev.torii.engine.dialect.ProviderDialect;
import dev.torii.engine.dialect.UnreadableAnswerException;
import dev.torii.engine.dialect.UnsayableException;
import dev.torii.model.json.Json;
import dev.torii.model.llm.LlmAnswer;
import dev.torii.model.llm.LlmBody;
import dev.torii.model.llm.LlmError;
import dev.torii.model.llm.LlmRequest;
import dev.torii.model.llm.Losses;

/// Converse, one dialect for the models of all vendors at Bedrock. Which model is asked, and
/// whether for a stream, is said in the path. Source: Amazon Bedrock's API reference, "Converse"
/// and "ConverseStream".
public final class BedrockDialect implements ProviderDialect {

    public static final String NAME = "bedrock";

    private static final int LONGEST_TOOL_NAME = 64;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ObjectNode writeRequest(LlmRequest request, Losses losses) throws UnsayableException {
        return new BedrockRequestWriter(request, losses).json();
    }

    @Override
    public int longestToolName() {
        return LONGEST_TOOL_NAME;
    }

    /// Nothing: the model and whether the answer is streamed are said in the path, and what a
    /// client of Bedrock's says passes untouched.
    @Override
    public void decide(LlmBody request, Decided decided) {}

    @Override
    public LlmAnswer readAnswer(byte[] body) throws UnreadableAnswerException {
        ObjectNode answer = Json.parseObjectOrNull(body);
        if (answer == null || !answer.at("/output/message/content").isArray()) {
            throw new UnreadableAnswerException(
                    "no generation candidates received from Bedrock, or max_tokens too short");
        }
        return BedrockAnswerReader.read(answer);
    }

    @Override
    public boolean streams(String contentType) {
        return contentType.startsWith("application/vnd.amazon.eventstream");
    }

    @Override
    public EventReader reader() {
        return new BedrockEventReader();
    }

    @Override
    public LlmError readError(int status, byte[] body) {
        return readError(status, AnswerHeaders.NONE, body);
    }

    @Override
    public LlmError readError(int status, AnswerHeaders headers, byte[] body) {
        return AmazonErrors.read(status, headers, body);
    }
}
