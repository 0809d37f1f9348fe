// OpenAI's SDK has a model use a tool that takes free text, in Responses; nothing is stored.
import OpenAI from "openai";

const client = new OpenAI({ baseURL: `${process.env.TORII_URL}/v1`, apiKey: "dummy", maxRetries: 0 });
const input = [{ role: "user", content: "What is the temperature in Nara?" }];

const turn = () =>
  client.responses
    .stream({
      model: process.env.MODEL,
      instructions: "短く",
      input,
      tools: [{ type: "custom", name: "temperature", description: "The temperature at a place" }],
      reasoning: { effort: "low", summary: "auto" },
      include: ["reasoning.encrypted_content"],
      store: false,
    })
    .finalResponse();

const first = await turn();
input.push(...first.output);
for (const call of first.output.filter((item) => item.type === "custom_tool_call")) {
  input.push({
    type: "custom_tool_call_output",
    call_id: call.call_id,
    output: `${6 * 7} degrees at ${call.input}`,
  });
}
const second = await turn();
console.log(
  JSON.stringify({
    finish: second.status,
    thought: first.output.find((item) => item.type === "reasoning").summary[0].text,
    text: second.output_text,
    input: second.usage.input_tokens,
    output: second.usage.output_tokens,
  }),
);
