package dev.torii.model.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request for a chat answer, whatever the words it came in. Each dialect reads its own into this
/// and writes its own from it; no dialect knows another. What is null was not said, and is not said
/// upstream.
///
/// @param model null until chosen
/// @param messages at least one; leading system messages first
/// @param parallelToolCalls whether several tools may be used at once
/// @param verbosity how long the answer is to be: `low`, `medium` or `high`
/// @param choices how many answers are wanted
/// @param streamUsage whether the client wants the usage of a stream
/// @param extra fields that only the client's dialect knows
public record LlmRequest(
        @Nullable String model,
        List<Message> messages,
        List<Tool> tools,
        @Nullable ToolChoice toolChoice,
        @Nullable Boolean parallelToolCalls,
        Sampling sampling,
        @Nullable OutputLimit limit,
        @Nullable OutputFormat format,
        @Nullable String verbosity,
        Reasoning reasoning,
        Session session,
        int choices,
        boolean stream,
        boolean streamUsage,
        Extra extra) {

    public LlmRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /// The same with its conversation and its tools in other words.
    public LlmRequest with(
            List<Message> otherMessages, List<Tool> otherTools, @Nullable ToolChoice otherChoice) {
        return new LlmRequest(
                model,
                otherMessages,
                otherTools,
                otherChoice,
                parallelToolCalls,
                sampling,
                limit,
                format,
                verbosity,
                reasoning,
                session,
                choices,
                stream,
                streamUsage,
                extra);
    }
}
