import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { PROBLEM_TYPE, type Problem, problem } from "@sorted/contract";
import fastifyPlugin from "fastify-plugin";

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The last request of each connection, and its answer. */
const exchanges = new WeakMap<Socket, Exchange>();

/** Lets `answerClientError` know what is going on on a connection. */
export const clientErrorsPlugin = fastifyPlugin(
  async (app) => {
    // Not a hook of Fastify: those come later than an error in what stands behind the request.
    app.server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      exchanges.set(request.socket, { request, response });
    });
    app.server.on("connect", (_request: IncomingMessage, socket: Socket) => {
      socket.end(
        message(problem("METHOD_NOT_ALLOWED", "the service is not a proxy and does not allow CONNECT")),
      );
    });
  },
  { name: "client-errors" },
);

/**
 * Answers what is not HTTP, too large or too slow, which Node gives up before Fastify sees it (`clientErrorHandler`).
 * While the request before it is being answered nothing may come in between: that answer is then the last.
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Socket,
  maxHeaderBytes: number,
): void {
  const exchange = exchanges.get(socket);
  if (exchange !== undefined && isBeingAnswered(exchange)) {
    exchange.response.once("close", () => socket.destroySoon());
    return;
  }
  if (socket.writable && error.code !== "ECONNRESET")
    socket.write(message(toProblem(error.code, maxHeaderBytes)));
  socket.destroySoon();
}

function isBeingAnswered({ request, response }: Exchange): boolean {
  return !response.writableFinished && (request.complete || response.headersSent);
}

function toProblem(code: string | undefined, maxHeaderBytes: number): Problem {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem("REQUEST_TIMEOUT", "the request did not arrive in time");
    case "HPE_HEADER_OVERFLOW":
      return problem("HEADERS_TOO_LARGE", `the URL and the headers have more than ${maxHeaderBytes} bytes`);
    case "HPE_INVALID_URL":
      return problem("BAD_REQUEST", "the URL has a character that must be percent-encoded");
    default:
      return problem("BAD_REQUEST", "the request is not valid HTTP/1.1");
  }
}

function message(document: Problem): string {
  const body = JSON.stringify(document);
  return [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
    `Date: ${new Date().toUTCString()}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
    "",
    body,
  ].join("\r\n");
}
