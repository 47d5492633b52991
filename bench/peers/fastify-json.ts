/** Fastify, `JSON.parse` and `sort`: what one would write in TypeScript for the same service. */
import fastify from "fastify";

const app = fastify({ bodyLimit: 2 ** 26 });

function collect(value: unknown, numbers: number[]): void {
  if (typeof value === "number") numbers.push(value);
  else if (typeof value === "string") {
    const text = value.trim();
    if (text.startsWith("[")) collect(JSON.parse(text), numbers);
    else collect(text === "" ? undefined : Number(text), numbers);
  } else if (typeof value === "object" && value !== null) {
    for (const element of Object.values(value)) collect(element, numbers);
  } else throw Object.assign(new Error("expected numbers"), { statusCode: 400 });
}

app.post("/", async (request) => {
  const numbers: number[] = [];
  collect(request.body, numbers);
  if (numbers.some((number) => !Number.isFinite(number)))
    throw Object.assign(new Error("expected numbers"), { statusCode: 400 });
  return { sorted: Array.from(Float64Array.from(numbers).sort()) };
});
await app.listen({ host: "127.0.0.1", port: Number(process.env["PORT"]) });
