/**
 * A server that replaces a function's URL, in a process of its own. It makes an event of each request, and an answer
 * from the result. It passes on what the front end of AWS refuses, such as an unknown method.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { functionUrlEvent, type LambdaAnswer } from "./lambda-events.ts";

const [, , port, invoke = ""] = process.argv;

function query(search: string): [name: string, value: string][] {
  const pairs = search.slice(1).split("&").filter(Boolean);
  return pairs.map((pair) => [pair.split("=", 1)[0] ?? "", pair.slice(pair.indexOf("=") + 1)]);
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, search } = new URL(request.url ?? "/", "http://function");
  const { "content-type": contentType, accept } = request.headers;
  const event = functionUrlEvent({
    method: request.method ?? "GET",
    path: pathname,
    query: query(search),
    headers: { ...(contentType && { "content-type": contentType }), ...(accept && { accept }) },
    body: await text(request),
  });
  const invoked = await fetch(invoke, { method: "POST", body: JSON.stringify(event) });
  const answer: LambdaAnswer = JSON.parse(await invoked.text());
  response.writeHead(answer.statusCode, answer.headers);
  response.end(Buffer.from(answer.body ?? "", answer.isBase64Encoded ? "base64" : "utf8"));
}

createServer((request, response) => void serve(request, response)).listen(Number(port), "127.0.0.1");
