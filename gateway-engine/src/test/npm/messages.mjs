// Anthropic's SDK has a model think and use a tool, in Messages.
import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ baseURL: process.env.TORII_URL, apiKey: "dummy", maxRetries: 0 });
const messages = [{ role: "user", content: "What is the temperature in Nara?" }];

const turn = () =>
  client.messages
    .stream({
      model: process.env.MODEL,
      max_tokens: 8000,
      system: "短く",
      thinking: { type: "enabled", budget_tokens: 2048 },
      messages,
      tools: [
        {
          name: "temperature",
          description: "The temperature at a place",
          input_schema: {
            type: "object",
            properties: { place: { type: "string" } },
            required: ["place"],
          },
        },
      ],
    })
    .finalMessage();

const first = await turn();
messages.push({ role: "assistant", content: first.content });
messages.push({
  role: "user",
  content: first.content
    .filter((block) => block.type === "tool_use")
    .map((call) => ({
      type: "tool_result",
      tool_use_id: call.id,
      content: `${6 * 7} degrees at ${call.input.place}`,
    })),
});
const second = await turn();
console.log(
  JSON.stringify({
    finish: first.stop_reason,
    thought: first.content.find((block) => block.type === "thinking").thinking,
    text: second.content.find((block) => block.type === "text").text,
    input: second.usage.input_tokens,
    output: second.usage.output_tokens,
  }),
);
