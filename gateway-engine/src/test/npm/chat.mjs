// OpenAI's SDK has a model use a tool, in Chat Completions.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.TORII_URL}/v1`, apiKey: "dummy", maxRetries: 0 });
const messages = [
  { role: "system", content: "短く" },
  { role: "user", content: "What is the temperature in Nara?" },
];
const tools = [
  {
    type: "function",
    function: {
      name: "temperature",
      description: "The temperature at a place",
      parameters: { type: "object", properties: { place: { type: "string" } }, required: ["place"] },
    },
  },
];

const turn = () =>
  client.chat.completions
    .stream({ model: process.env.MODEL, messages, tools, stream_options: { include_usage: true } })
    .finalChatCompletion();

const first = await turn();
const message = first.choices[0].message;
messages.push(message);
for (const call of message.tool_calls) {
  const { place } = JSON.parse(call.function.arguments);
  messages.push({ role: "tool", tool_call_id: call.id, content: `${6 * 7} degrees at ${place}` });
}
const second = await turn();
console.log(
  JSON.stringify({
    finish: first.choices[0].finish_reason,
    text: second.choices[0].message.content,
    input: second.usage.prompt_tokens,
    output: second.usage.completion_tokens,
  }),
);
