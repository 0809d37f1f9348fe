package dev.torii.desktop.lab;

import dev.torii.desktop.client.PromptRequest;
import dev.torii.model.json.Json;
import java.net.URI;

/// Says a prompt in the words of other tools.
final class CodeExport {

    private CodeExport() {}

    /// A line for a POSIX shell.
    static String curl(URI proxy, PromptRequest prompt) {
        var code = new StringBuilder("curl -N ").append(proxy.resolve(prompt.path()));
        code.append(" \\\n  -H 'Content-Type: application/json'");
        if (!prompt.apiKey().isEmpty()) {
            code.append(" \\\n  -H \"apikey: $TORII_KEY\"");
        }
        // A single quote ends the string, stands escaped, and begins it anew.
        String body = Json.text(prompt.body()).replace("'", "'\\''");
        return code.append(" \\\n  -d '").append(body).append("'\n").toString();
    }

    /// A script for the OpenAI SDK.
    static String python(URI proxy, PromptRequest prompt) {
        var code = new StringBuilder();
        boolean keyed = !prompt.apiKey().isEmpty();
        if (keyed) {
            code.append("import os\n\n");
        }
        code.append("from openai import OpenAI\n\n");
        code.append("client = OpenAI(\n    base_url=")
                .append(quoted(proxy.resolve(prompt.path()).toString()))
                .append(",\n    api_key=\"dummy\",\n");
        if (keyed) {
            code.append("    default_headers={\"apikey\": os.environ[\"TORII_KEY\"]},\n");
        }
        code.append(")\nstream = client.chat.completions.create(\n");
        code.append("    model=")
                .append(quoted(prompt.model() == null ? "any" : prompt.model()))
                .append(",\n    messages=[\n");
        for (PromptRequest.Message message : prompt.messages()) {
            code.append("        {\"role\": ")
                    .append(quoted(message.role()))
                    .append(", \"content\": ")
                    .append(quoted(message.content()))
                    .append("},\n");
        }
        code.append("    ],\n");
        if (prompt.temperature() != null) {
            code.append("    temperature=").append(prompt.temperature()).append(",\n");
        }
        if (prompt.maxTokens() != null) {
            code.append("    max_tokens=").append(prompt.maxTokens()).append(",\n");
        }
        code.append("    stream=True,\n)\nfor chunk in stream:\n");
        code.append("    if chunk.choices:\n");
        return code.append("        print(chunk.choices[0].delta.content or \"\", end=\"\")\n")
                .toString();
    }

    /// A JSON string is a Python string too.
    private static String quoted(String text) {
        return Json.text(text);
    }
}
