import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { SortedError } from "@sorted/core";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { isProblemCode, PROBLEM_TYPE, type Problem, ProblemError, problem } from "../problems.ts";

/** Answers every error, whoever found it, with a problem document; what is not the client's fault goes to the log. */
export const problemsPlugin = fastifyPlugin(async (app) => {
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
});

/** For errors that Fastify finds before any route (`frameworkErrors`). */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const document = toProblem(error, request.server);
  if (document.status >= 500) request.log.error({ err: error }, "request failed");
  reply
    .code(document.status)
    .header("cache-control", "no-store")
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(document)));
}

/** For requests that are not HTTP, too large or too slow, which Node gives up before Fastify sees them. */
export function sendClientProblem(error: NodeJS.ErrnoException, socket: Socket): void {
  if (socket.writable && error.code !== "ECONNRESET") {
    const document = toClientProblem(error.code);
    const body = JSON.stringify(document);
    socket.write(
      [
        `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
        `Content-Type: ${PROBLEM_TYPE}`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        "Cache-Control: no-store",
        "Connection: close",
        "",
        body,
      ].join("\r\n"),
    );
  }
  socket.destroySoon();
}

function toClientProblem(code: string | undefined): Problem {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return problem("REQUEST_TIMEOUT", "the request did not arrive in time");
    case "HPE_HEADER_OVERFLOW":
      return problem("HEADERS_TOO_LARGE", "the request line and the headers are too large");
    default:
      return problem("BAD_REQUEST", "the request is not HTTP/1.1");
  }
}

function toProblem(error: unknown, { initialConfig }: FastifyInstance): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof SortedError && isProblemCode(error.code)) {
    const { code, detail, offset, pointer, line } = error;
    return problem(code, detail, {
      ...(offset !== undefined && { offset }),
      ...(pointer !== undefined && { pointer }),
      ...(line !== undefined && { line }),
    });
  }
  switch (error instanceof Error && "code" in error && error.code) {
    case "FST_ERR_BAD_URL":
      return problem("BAD_URL", "expected a path of UTF-8 in percent-encoding");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return problem("BODY_TOO_LARGE", `the body has more than ${initialConfig.bodyLimit} bytes`);
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
    case "ECONNRESET":
      return problem("BAD_REQUEST", "the body is not as long as announced");
    default:
      return problem("INTERNAL", "the fault is in the service");
  }
}
