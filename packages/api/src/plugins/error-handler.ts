import { isProblemCode, PROBLEM_TYPE, type Problem, ProblemError, problem } from "@sorted/contract";
import { type Grammar, SortedError } from "@sorted/core";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";
import type { BodyType } from "../http/body-type.ts";
import { counted } from "../http/counted.ts";
import { isLeftUnread } from "../http/request-body.ts";
import { challenge } from "./api-keys.ts";

const RETRY_AFTER_SECONDS = 1;

const SYNTAX_ERRORS: ReadonlySet<string> = new Set([
  "INVALID_JSON",
  "INVALID_CSV",
  "NOT_A_NUMBER",
  "EMPTY_INPUT",
  "AMBIGUOUS_SEPARATOR",
]);

const GRAMMAR_NAMES: { readonly [grammar in Grammar]: string } = {
  json: "JSON",
  "json-lines": "JSON Lines",
  text: "text",
  csv: "CSV",
  tsv: "a table with tabs",
};

/** Answers every error with a problem document, and logs an error that is not the client's fault. */
export const errorHandlerPlugin = fastifyPlugin(
  async (app) => {
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  },
  { name: "error-handler", dependencies: ["bodies"] },
);

/** For errors that Fastify finds before any route and hook (`frameworkErrors`). */
export function sendEarlyProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  // This reply has no decorators, so it has no `vary` and `cacheControl` of @fastify/sensible.
  reply.headers({
    vary: "Accept, Accept-Encoding",
    "cache-control": "no-store",
    "x-request-id": request.id,
  });
  if (isLeftUnread(request.raw)) reply.header("connection", "close");
  sendProblem(error, request, reply);
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const document = relativeTo(request.raw.url, toProblem(error, request));
  if (document.status === 500 && !hasHungUp(error, reply))
    request.log.error({ err: error }, "request failed");
  if (document.status === 401) reply.header("www-authenticate", challenge(request));
  if (document.status === 503) reply.header("retry-after", RETRY_AFTER_SECONDS);
  reply
    .code(document.status)
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(document)));
}

/** Whether an answer fails because its client has gone while the service worked on it. That is no error of the service. */
function hasHungUp(error: unknown, { raw }: FastifyReply): boolean {
  return raw.destroyed && isFastifyError(error) && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}

/** Adds a `type` that leads from the URL of the request to the service's own page, behind a path prefix too. */
function relativeTo(url = "/", document: Problem): Problem {
  const [path = "/"] = url.split("?", 1);
  const up = "../".repeat(Math.max(0, path.split("/").length - 2));
  return { ...document, type: up + document.type };
}

function toProblem(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof ProblemError) return error.problem;
  if (error instanceof SortedError && isProblemCode(error.code)) {
    return problem(error.code, error.detail + howRead(error, request.bodyType), error.place);
  }
  if (!isFastifyError(error)) return problem("INTERNAL", "an error in the service");
  switch (error.code) {
    case "FST_ERR_BAD_URL":
      return problem("BAD_URL", "expected a path in percent-encoded UTF-8");
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return problem(
        "BODY_TOO_LARGE",
        `the body has more than ${counted(request.routeOptions.bodyLimit, "byte")}`,
      );
    case "ECONNRESET":
      return problem("BAD_REQUEST", "the body is shorter than its headers say");
    default:
      return Number(error.statusCode) < 500
        ? problem("BAD_REQUEST", "the service can't read the request")
        : problem("INTERNAL", "an error in the service");
  }
}

/** The detail of a fault in the syntax: as which form the body was read, and why. */
function howRead({ code, place }: SortedError, type: BodyType | undefined): string {
  if (type === undefined || !SYNTAX_ERRORS.has(code)) return "";
  // A fault in a text has a line. If it has none, the text began as JSON.
  if (type.grammar === "text" && place.line === undefined)
    return "; the body was read as JSON, because it begins like JSON";
  return `; the body was read as ${GRAMMAR_NAMES[type.grammar]}, because ${type.source}`;
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && "code" in error;
}
