package dev.torii.engine.client;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;

/// The vendors' own SDKs, which try once, and show a key that no provider may see.
final class Sdks {

    /// What they have for a key.
    static final String KEY = "sk-of-the-client";

    private Sdks() {}

    static OpenAIClient openAi(String url) {
        return OpenAIOkHttpClient.builder().baseUrl(url).apiKey(KEY).maxRetries(0).build();
    }

    static AnthropicClient anthropic(String url) {
        return AnthropicOkHttpClient.builder().baseUrl(url).apiKey(KEY).maxRetries(0).build();
    }

    static Client google(String url) {
        return Client.builder()
                .apiKey(KEY)
                .vertexAI(false)
                .httpOptions(
                        HttpOptions.builder()
                                .baseUrl(url)
                                .retryOptions(HttpRetryOptions.builder().attempts(1))
                                .build())
                .build();
    }
}
