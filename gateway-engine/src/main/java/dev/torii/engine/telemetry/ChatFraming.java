package dev.torii.engine.telemetry;

import java.util.List;
import java.util.regex.Pattern;

/// What a vendor's models read around the texts of a chat, in tokens. Vendors do not publish most
/// of it; where they do not, it is what they were seen to count.
///
/// @param models whose names these are
/// @param answer what opens the answer
/// @param message what stands around each message
/// @param system the same for a system message
/// @param call what stands around a call of a tool, and around its result
/// @param toolbox what is said about tools as such, where there are any
/// @param tool what stands around each tool
/// @param schemas how the parameters of tools are told
/// @param perText how many of its own tokens a vendor makes of one that is counted here
record ChatFraming(
        Pattern models,
        int answer,
        int message,
        int system,
        int call,
        int toolbox,
        int tool,
        Schemas schemas,
        double perText) {

    enum Schemas {
        /// As they came.
        JSON,

        /// Each property as its name, type and description: OpenAI's cookbook, "How to count tokens
        /// with tiktoken", section 7.
        LISTED
    }

    /// The first that fits counts.
    private static final List<ChatFraming> ALL =
            List.of(
                    // The toolbox: Anthropic's "Tool use", "Pricing", automatic choice.
                    new ChatFraming(
                            Pattern.compile(".*claude.*"), 3, 4, 0, 0, 346, 0, Schemas.JSON, 1.1),
                    new ChatFraming(
                            Pattern.compile(".*gemini.*"), 0, 1, 1, 4, 0, 8, Schemas.JSON, 1),
                    new ChatFraming(
                            Pattern.compile("(?:.*/)?gpt-[5-9].*"),
                            3,
                            4,
                            4,
                            6,
                            97,
                            7,
                            Schemas.LISTED,
                            1),
                    new ChatFraming(Pattern.compile(".*"), 3, 4, 4, 6, 12, 7, Schemas.LISTED, 1));

    /// @param model in lower case
    static ChatFraming of(String model) {
        return ALL.stream()
                .filter(framing -> framing.models.matcher(model).matches())
                .findFirst()
                .orElseThrow();
    }
}
