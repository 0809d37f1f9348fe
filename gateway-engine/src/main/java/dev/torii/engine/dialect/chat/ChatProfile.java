package dev.torii.engine.dialect.chat;

import static dev.torii.engine.dialect.chat.ChatProfile.Feature.*;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a server that speaks Chat Completions differs from the others. Source: each vendor's API
/// reference, "Chat completions".
///
/// @param limitField what it calls the most tokens of an answer
/// @param seedField what it calls the seed
/// @param userField what it calls the application's name for its user; null where it has no such
///   field
/// @param effort how it is asked to think
/// @param thoughts where it wants its earlier thoughts back
/// @param thinkers the models that can be asked to think; null where any can
/// @param features what it understands beyond the common ground
public record ChatProfile(
        String limitField,
        String seedField,
        @Nullable String userField,
        Effort effort,
        Thoughts thoughts,
        @Nullable Pattern thinkers,
        Set<Feature> features) {

    /// What some servers understand and others refuse or pass over.
    public enum Feature {
        /// `stream_options.include_usage`; those that have not got it send the usage unasked, or
        /// never.
        STREAM_USAGE,
        /// `top_k`.
        TOP_K,
        /// `n`.
        CHOICES,
        /// `logprobs`, `top_logprobs` and `logit_bias`.
        LOGPROBS,
        /// `frequency_penalty` and `presence_penalty`.
        PENALTIES,
        /// Messages of the role `developer`.
        DEVELOPER,
        /// `refusal` in messages of the assistant.
        REFUSAL,
        /// Texts of all roles as an array of parts.
        TEXT_PARTS,
        /// Parts of the type `file`.
        FILES,
        /// An address in place of a file's bytes.
        FILE_URLS,
        /// Parts of the type `document_url`.
        DOCUMENT_URLS,
        /// `cache_control` at parts and tools, as Anthropic has it.
        CACHE_CONTROL,
        /// `strict` at functions.
        STRICT,
        /// Tools that take free text.
        CUSTOM_TOOLS,
        /// A `tool_choice` of several tools.
        ALLOWED_TOOLS,
        /// The name of the tool in the message of its result.
        RESULT_NAMES,
        /// Ids of tool calls that are not made of nine letters and digits are refused.
        SHORT_IDS,
        /// `response_format` with a schema.
        SCHEMAS,
        /// `verbosity`.
        VERBOSITY,
        /// `service_tier`.
        TIERS,
        /// `metadata`, `store` and `prompt_cache_key`.
        SESSION,
        /// Thoughts come in the text, between `<think>` and `</think>`, from some models.
        THINK_TAGS,
        /// Fields that OpenAI does not have.
        UNKNOWN_FIELDS
    }

    /// How a server is asked to think.
    public enum Effort {
        /// Not at all.
        NONE,
        /// `"reasoning_effort": "low"`
        WORD,
        /// The same, and `"thinking": {"type": "disabled"}` for not at all.
        WORD_OR_OFF,
        /// `"reasoning": {"effort": "low"}`, or with `max_tokens`
        OBJECT,
        /// `"thinking": {"type": "enabled"}`
        SWITCH
    }

    /// Where a server wants the thoughts of an earlier answer.
    public enum Thoughts {
        /// Nowhere.
        NONE,
        /// In `reasoning_content`.
        REASONING_CONTENT,
        /// In `reasoning`.
        REASONING,
        /// In `reasoning_details`, with their seals.
        DETAILS,
        /// In `content`, as parts of the type `thinking`.
        PARTS
    }

    static final String MAX_TOKENS = "max_tokens";
    static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";

    /// What most servers understand.
    private static final Set<Feature> USUAL =
            Set.of(STREAM_USAGE, PENALTIES, TEXT_PARTS, STRICT, SCHEMAS, UNKNOWN_FIELDS);

    public static final ChatProfile OPENAI =
            new ChatProfile(
                    MAX_COMPLETION_TOKENS,
                    "seed",
                    "safety_identifier",
                    Effort.WORD,
                    Thoughts.NONE,
                    Pattern.compile("(?:o\\d|gpt-[5-9]|gpt-oss|codex).*"),
                    all(
                            USUAL,
                            CHOICES,
                            LOGPROBS,
                            DEVELOPER,
                            REFUSAL,
                            FILES,
                            CUSTOM_TOOLS,
                            ALLOWED_TOOLS,
                            VERBOSITY,
                            TIERS,
                            SESSION));

    /// Deployments have names of their own, so that nothing is known of their models.
    public static final ChatProfile AZURE =
            OPENAI.withUser("user").thinkingWith(null).without(UNKNOWN_FIELDS);

    /// Azure's API before September 2024, which knows nothing of thoughts, of schemas, or of the
    /// usage of streams.
    public static final ChatProfile AZURE_BEFORE_THOUGHTS =
            AZURE.limitedBy(MAX_TOKENS)
                    .asking(Effort.NONE)
                    .without(
                            STREAM_USAGE,
                            DEVELOPER,
                            REFUSAL,
                            FILES,
                            STRICT,
                            CUSTOM_TOOLS,
                            ALLOWED_TOOLS,
                            SCHEMAS,
                            VERBOSITY,
                            TIERS,
                            SESSION);

    /// Any server that copies OpenAI's API and of which nothing else is known.
    public static final ChatProfile COMPATIBLE =
            new ChatProfile(
                    MAX_TOKENS,
                    "seed",
                    "user",
                    Effort.WORD,
                    Thoughts.REASONING_CONTENT,
                    null,
                    all(USUAL, CHOICES, LOGPROBS));

    public static final ChatProfile MISTRAL =
            new ChatProfile(
                    MAX_TOKENS,
                    "random_seed",
                    null,
                    Effort.WORD,
                    Thoughts.PARTS,
                    null,
                    Set.of(
                            CHOICES,
                            PENALTIES,
                            TEXT_PARTS,
                            DOCUMENT_URLS,
                            STRICT,
                            RESULT_NAMES,
                            SHORT_IDS,
                            SCHEMAS));

    public static final ChatProfile DEEPSEEK =
            COMPATIBLE
                    .asking(Effort.WORD_OR_OFF)
                    .without(CHOICES, TEXT_PARTS, STRICT, SCHEMAS, UNKNOWN_FIELDS)
                    .withUser(null);

    public static final ChatProfile GROQ =
            COMPATIBLE
                    .limitedBy(MAX_COMPLETION_TOKENS)
                    .thinkingAloudIn(Thoughts.REASONING)
                    .without(CHOICES, LOGPROBS, UNKNOWN_FIELDS)
                    .with(TIERS);

    public static final ChatProfile OPENROUTER =
            COMPATIBLE
                    .asking(Effort.OBJECT)
                    .thinkingAloudIn(Thoughts.DETAILS)
                    .without(CHOICES)
                    .with(TOP_K, FILES, FILE_URLS, CACHE_CONTROL, VERBOSITY);

    public static final ChatProfile XAI = COMPATIBLE.without(UNKNOWN_FIELDS);

    public static final ChatProfile TOGETHER =
            COMPATIBLE.thinkingAloudIn(Thoughts.REASONING).with(TOP_K);

    /// Counts its streams unasked.
    public static final ChatProfile PERPLEXITY =
            COMPATIBLE
                    .thinkingAloudIn(Thoughts.NONE)
                    .without(STREAM_USAGE, CHOICES, LOGPROBS)
                    .with(TOP_K)
                    .withUser(null);

    public static final ChatProfile ZAI =
            COMPATIBLE
                    .asking(Effort.SWITCH)
                    .without(CHOICES, LOGPROBS, PENALTIES, STRICT, SCHEMAS)
                    .withUser("user_id");

    public static final ChatProfile CEREBRAS =
            COMPATIBLE
                    .limitedBy(MAX_COMPLETION_TOKENS)
                    .thinkingAloudIn(Thoughts.NONE)
                    .without(CHOICES, PENALTIES, UNKNOWN_FIELDS);

    /// What stands behind the router differs, so that nothing special is said.
    public static final ChatProfile HUGGINGFACE =
            COMPATIBLE.thinkingAloudIn(Thoughts.NONE).with(THINK_TAGS);

    public static final ChatProfile VLLM = COMPATIBLE.with(TOP_K);

    public static final ChatProfile LLAMA_CPP = COMPATIBLE.with(TOP_K).without(CHOICES);

    public static final ChatProfile LM_STUDIO = COMPATIBLE.with(TOP_K).without(CHOICES);

    public static final ChatProfile OLLAMA =
            COMPATIBLE.thinkingAloudIn(Thoughts.REASONING).without(CHOICES, LOGPROBS);

    public ChatProfile {
        features = Set.copyOf(features);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }

    /// What the limit is called for this model: where some think and others do not, only the former
    /// insist on the new name.
    String limitField(@Nullable String model) {
        return thinkers == null || (model != null && thinks(model)) ? limitField : MAX_TOKENS;
    }

    /// Whether this model can be asked to think.
    boolean thinks(@Nullable String model) {
        return thinkers == null || model == null || thinkers.matcher(model).matches();
    }

    private static Set<Feature> all(Set<Feature> usual, Feature... more) {
        Set<Feature> all = EnumSet.copyOf(usual);
        all.addAll(Set.of(more));
        return all;
    }

    private ChatProfile with(Feature... more) {
        return of(all(features, more));
    }

    private ChatProfile without(Feature... less) {
        Set<Feature> rest = EnumSet.copyOf(features);
        rest.removeAll(Set.of(less));
        return of(rest);
    }

    private ChatProfile of(Set<Feature> others) {
        return new ChatProfile(
                limitField, seedField, userField, effort, thoughts, thinkers, others);
    }

    private ChatProfile limitedBy(String field) {
        return new ChatProfile(field, seedField, userField, effort, thoughts, thinkers, features);
    }

    private ChatProfile withUser(@Nullable String field) {
        return new ChatProfile(limitField, seedField, field, effort, thoughts, thinkers, features);
    }

    private ChatProfile asking(Effort other) {
        return new ChatProfile(
                limitField, seedField, userField, other, thoughts, thinkers, features);
    }

    private ChatProfile thinkingAloudIn(Thoughts other) {
        return new ChatProfile(limitField, seedField, userField, effort, other, thinkers, features);
    }

    private ChatProfile thinkingWith(@Nullable Pattern models) {
        return new ChatProfile(
                limitField, seedField, userField, effort, thoughts, models, features);
    }
}
