import { isProblemCode, PROBLEM_TYPE, type Problem, ProblemError, problem } from "@sorted/contract";
import { SortedError } from "@sorted/core";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import { isLeftUnread } from "../http/request-body.ts";

const RETRY_AFTER_SECONDS = 1;

/** Answers every error, whoever found it, with a problem document; what is not the client's fault goes to the log. */
export const errorHandlerPlugin = fastifyPlugin(
  async (app) => {
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  },
  { name: "error-handler" },
);

/** For errors that Fastify finds before any route and any hook (`frameworkErrors`). */
export function sendEarlyProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  // This reply has no decorators, and so neither `vary` nor `cacheControl` of @fastify/sensible.
  reply.headers({
    vary: "Accept, Accept-Encoding",
    "cache-control": "no-store",
    "x-request-id": request.id,
  });
  if (isLeftUnread(request.raw)) reply.header("connection", "close");
  sendProblem(error, request, reply);
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const document = toProblem(error, request.server);
  if (document.status === 500) request.log.error({ err: error }, "request failed");
  if (document.status === 401) reply.header("www-authenticate", "Bearer");
  if (document.status === 503) reply.header("retry-after", RETRY_AFTER_SECONDS);
  reply
    .code(document.status)
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(document)));
}

function toProblem(error: unknown, { initialConfig }: FastifyInstance): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof SortedError && isProblemCode(error.code)) {
    return problem(error.code, error.detail, error.place);
  }
  if (!isFastifyError(error)) return problem("INTERNAL", "an error in the service");
  switch (error.code) {
    case "FST_ERR_BAD_URL":
      return problem("BAD_URL", "expected a path in percent-encoded UTF-8");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return problem("BODY_TOO_LARGE", `the body has more than ${initialConfig.bodyLimit} bytes`);
    case "ECONNRESET":
      return problem("BAD_REQUEST", "the body is shorter than its headers say");
    default:
      return Number(error.statusCode) < 500
        ? problem("BAD_REQUEST", "the service can't read the request")
        : problem("INTERNAL", "an error in the service");
  }
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "code" in error;
}
