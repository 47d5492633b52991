import { type IncomingMessage, METHODS, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { PROBLEM_TYPE, type Problem, problem } from "@sorted/contract";
import fastifyPlugin from "fastify-plugin";

/** A connection remembers the response to its last request. Not a map: its upkeep takes 0.5 µs a request. */
const RESPONSE = Symbol("response");

interface Connection extends Socket {
  [RESPONSE]?: ServerResponse;
}

/** What Node says about a request that it can't read: how far it got, and the bytes (`clientError`). */
interface ClientError extends NodeJS.ErrnoException {
  readonly rawPacket?: unknown;
}

export interface ClientErrorOptions {
  readonly maxHeaderBytes: number;
  /** The origins whose pages may read answers; `*` means all. */
  readonly corsOrigins: readonly string[];
}

/** The response to the last request of a connection; undefined before the first. */
export function lastResponse(connection: Connection): ServerResponse | undefined {
  return connection[RESPONSE];
}

/** A body came too slowly. The message is for the client. */
export class SlowBody extends Error {
  override readonly name = "SlowBody";
  readonly code = "SLOW_BODY";
}

/** Records the requests of each connection for `answerClientError`. */
export const clientErrorsPlugin = fastifyPlugin(
  async (app) => {
    // Not a hook of Fastify: hooks run later than an error in what follows the request.
    app.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const connection: Connection = request.socket;
      connection[RESPONSE] = response;
    });
    app.server.on("connect", (_request: IncomingMessage, socket: Socket) => {
      const document = problem("METHOD_NOT_ALLOWED", "the service is not a proxy and does not allow CONNECT");
      socket.end(message(document, {}));
    });
  },
  { name: "client-errors" },
);

/**
 * Answers a request that is not HTTP, too large or too slow: Node gives it up before Fastify sees it
 * (`clientErrorHandler`). If the request before it is still being answered, that answer is the connection's last.
 */
export function answerClientError(
  error: ClientError,
  socket: Connection,
  { maxHeaderBytes, corsOrigins }: ClientErrorOptions,
): void {
  const response = socket[RESPONSE];
  if (response !== undefined && isBeingAnswered(response)) {
    response.once("close", () => socket.destroySoon());
    return;
  }
  if (socket.writable && error.code !== "ECONNRESET") {
    const head = Buffer.isBuffer(error.rawPacket) ? error.rawPacket.toString("latin1") : "";
    // Node has the headers of a request that is too slow, and the bytes of one that it can't read.
    const origin = response?.req.headers.origin ?? /\r\norigin:[ \t]*(\S+)/i.exec(head)?.[1];
    socket.write(message(toProblem(error, head, maxHeaderBytes), corsHeaders(origin, corsOrigins)));
  }
  socket.destroySoon();
}

function isBeingAnswered({ req, writableFinished, headersSent }: ServerResponse): boolean {
  return !writableFinished && (req.complete || headersSent);
}

/** @param head the request as far as it is known; undefined if nothing is known */
function toProblem({ code, message }: ClientError, head: string, maxHeaderBytes: number): Problem {
  switch (code) {
    case "SLOW_BODY":
      return problem("REQUEST_TIMEOUT", message);
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem("REQUEST_TIMEOUT", "the request did not arrive in time");
    case "HPE_HEADER_OVERFLOW":
      return problem("HEADERS_TOO_LARGE", `the URL and the headers have more than ${maxHeaderBytes} bytes`);
    case "HPE_INVALID_URL":
      return problem("BAD_REQUEST", "the URL has a character that must be percent-encoded");
    case "HPE_INVALID_METHOD":
      return problem("BAD_REQUEST", methodDetail(head));
    case "HPE_INVALID_CONSTANT":
    case "HPE_INVALID_VERSION":
      return problem("BAD_REQUEST", versionDetail(head));
    case "HPE_UNEXPECTED_CONTENT_LENGTH":
    case "HPE_INVALID_TRANSFER_ENCODING":
      return problem(
        "BAD_REQUEST",
        "a request must have at most one Content-Length header, without Transfer-Encoding",
      );
    case "HPE_INVALID_CONTENT_LENGTH":
      return problem("BAD_REQUEST", "the Content-Length header must be digits");
    case "HPE_INVALID_CHUNK_SIZE":
      return problem("BAD_REQUEST", "a chunk of the body must begin with its size in hexadecimal digits");
    case "HPE_INVALID_HEADER_TOKEN":
      return problem("BAD_REQUEST", "a header has a character that is not allowed");
    default:
      return problem("BAD_REQUEST", "the request is not valid HTTP/1.1");
  }
}

function methodDetail(head: string): string {
  const method = /^[!-~]{1,20}(?= )/.exec(head)?.[0] ?? "";
  const upper = method.toUpperCase();
  if (method === upper || !METHODS.includes(upper))
    return `the method ${method} is unknown`.replace("  ", " ");
  return `methods are in upper case: send ${upper}`;
}

function versionDetail(head: string): string {
  const [line = ""] = head.split("\r\n", 1);
  return line.split(" ").length > 3
    ? "the URL has a space; send it as %20"
    : "the request line must end with HTTP/1.1 or HTTP/1.0";
}

/** The headers that @fastify/cors would send. It sees none of these requests. */
function corsHeaders(origin: string | undefined, allowed: readonly string[]): Headers {
  if (allowed.includes("*")) return { "Access-Control-Allow-Origin": "*" };
  if (origin === undefined || !allowed.includes(origin)) return {};
  return { "Access-Control-Allow-Origin": origin, Vary: "Origin" };
}

type Headers = { readonly [name: string]: string };

function message(document: Problem, headers: Headers): string {
  const body = JSON.stringify(document);
  return [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "Cache-Control: no-store",
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
