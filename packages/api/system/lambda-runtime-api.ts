/**
 * A server that replaces the one inside a function of AWS Lambda: the API of runtimes and extensions, in a process of
 * its own. It hands whatever is posted to `/invoke` to the runtime as an event, and returns the answer.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";

/** The server refuses a larger answer. */
const mostAnswerBytes = 6_291_556;

interface Invocation {
  readonly event: Buffer;
  readonly client: ServerResponse;
}

const waiting: Invocation[] = [];
const running = new Map<string, Invocation>();
/** The runtime, which has asked for the next event and waits. */
let runtime: ServerResponse | undefined;

function handOver(): void {
  if (runtime === undefined) return;
  const invocation = waiting.shift();
  if (invocation === undefined) return;
  const id = randomUUID();
  running.set(id, invocation);
  runtime
    .writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": id,
      "lambda-runtime-deadline-ms": String(Date.now() + 30_000),
      "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-central-1:123456789012:function:sorted:live",
      "lambda-runtime-trace-id": "Root=1-00000000-000000000000000000000000",
    })
    .end(invocation.event);
  runtime = undefined;
}

function conclude(id: string | undefined, status: number, answer: Buffer | string): void {
  running
    .get(id ?? "")
    ?.client.writeHead(status)
    .end(answer);
  running.delete(id ?? "");
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const [, id, outcome] =
    /^\/2018-06-01\/runtime\/invocation\/(.+)\/(response|error)$/.exec(request.url ?? "") ?? [];
  if (request.url === "/invoke") {
    waiting.push({ event: body, client: response });
    handOver();
  } else if (request.url === "/2018-06-01/runtime/invocation/next") {
    runtime = response;
    handOver();
  } else if (outcome === "response" && body.length > mostAnswerBytes) {
    response.writeHead(413).end('{"errorType":"RequestEntityTooLarge"}');
    conclude(id, 502, `an answer of ${body.length} bytes`);
  } else if (outcome !== undefined) {
    response.writeHead(202).end('{"status":"OK"}');
    conclude(id, outcome === "response" ? 200 : 502, body);
  } else if (request.url === "/2020-01-01/extension/register") {
    response.writeHead(200, { "lambda-extension-identifier": randomUUID() }).end("{}");
  } else if (request.url !== "/2020-01-01/extension/event/next") {
    // An extension's next event would be the shutdown, which never comes.
    response.writeHead(404).end();
  }
}

createServer((request, response) => void serve(request, response)).listen(
  Number(process.argv[2]),
  "127.0.0.1",
);
