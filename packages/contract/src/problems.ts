import { errorDefinitions as core, type Place } from "@sorted/core";

/**
 * Every problem that the service answers with. The keys are the stable codes. `docs/errors.md` and the route `/errors`
 * use these sentences.
 */
export const problemDefinitions = {
  INVALID_JSON: { status: 400, ...core.INVALID_JSON },
  INVALID_UTF8: { status: 400, ...core.INVALID_UTF8 },
  INVALID_CSV: { status: 400, ...core.INVALID_CSV },
  AMBIGUOUS_SEPARATOR: { status: 400, ...core.AMBIGUOUS_SEPARATOR },
  INVALID_MULTIPART: {
    status: 400,
    title: "The form can't be read",
    description:
      "A `multipart/form-data` body must have exactly one part: a file, or a field with numbers (RFC 7578).",
  },
  EMPTY_INPUT: { status: 400, ...core.EMPTY_INPUT },
  NOT_A_NUMBER: { status: 400, ...core.NOT_A_NUMBER },
  EXPONENT_OUT_OF_RANGE: { status: 400, ...core.EXPONENT_OUT_OF_RANGE },
  TOO_DEEP: { status: 400, ...core.TOO_DEEP },
  BAD_OPTION: { status: 400, ...core.BAD_OPTION },
  BAD_QUERY: {
    status: 400,
    title: "The query string can't be decoded",
    description:
      "A name or a value in the query string is not percent-encoded UTF-8 (RFC 3986, section 2.1).",
  },
  BAD_URL: {
    status: 400,
    title: "The path can't be decoded",
    description: "The path of the request is not percent-encoded UTF-8 (RFC 3986, section 2.1).",
  },
  BAD_REQUEST: {
    status: 400,
    title: "The request is not valid HTTP",
    description:
      "The request breaks a rule of HTTP/1.1 (RFC 9112): its grammar, exactly one `Host` header, no transfer coding other than `chunked`, a body as long as its headers say.",
  },
  INVALID_CODING: {
    status: 400,
    title: "The body can't be decompressed",
    description: "The body is not in the coding that `Content-Encoding` names.",
  },
  MISSING_CONTENT_TYPE: {
    status: 400,
    title: "The Content-Type header is missing",
    description: "A QUERY request must say what type its body has (RFC 10008).",
  },
  UNAUTHORIZED: {
    status: 401,
    title: "The request needs an API key",
    description:
      'The service only sorts for clients that have one of its `API_KEYS`. Send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`. Who runs the service gives out keys. `WWW-Authenticate` has `error="invalid_token"` if the service does not know the key.',
  },
  NOT_FOUND: {
    status: 404,
    title: "Not found",
    description: "The service has nothing at this path. Send numbers to `/`.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: "This path does not allow this method",
    description: "The `Allow` header names the methods that it allows.",
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: "The service can't answer in an accepted type",
    description: "The `Accept` header must allow `application/json`, `text/plain` or `text/csv`.",
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: "The request took too long to arrive",
    description:
      "The headers must arrive within `HEADERS_TIMEOUT_SECONDS`, and the whole request within `REQUEST_TIMEOUT_SECONDS`. A body must not come more slowly than `MIN_BODY_BYTES_PER_SECOND` for `BODY_TIMEOUT_SECONDS`.",
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: "The body is too large",
    description: "The body has more than `MAX_BODY_BYTES` bytes. The service stopped reading it.",
  },
  TOO_MANY_NUMBERS: { status: 413, ...core.TOO_MANY_NUMBERS },
  ANSWER_TOO_LARGE: {
    status: 413,
    title: "The answer is too large",
    description:
      "On AWS Lambda an answer must fit into `MAX_EVENT_BYTES` in the form in which Lambda sends it: as a JSON string, where quotes and line ends take two bytes each, or, when it is compressed, as Base64. Use `limit` to ask for fewer numbers.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: "The service can't read a body of this type",
    description:
      "`Content-Type` must be `application/json` (or another JSON type), `application/x-ndjson`, `text/plain`, `text/csv`, `text/tab-separated-values` or `multipart/form-data` with one file. `Content-Encoding` may be gzip, deflate, br or zstd. `curl -d` without a `Content-Type` sends a form.",
  },
  EXPECTATION_FAILED: {
    status: 417,
    title: "The service can't do what the Expect header asks for",
    description: "The only value of `Expect` that the service knows is `100-continue`.",
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: "Too many requests",
    description:
      "This key or this address sent more than `RATE_LIMIT_REQUESTS` requests in `RATE_LIMIT_SECONDS`. `Retry-After` says how long to wait.",
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: "The headers are too large",
    description:
      "The URL and the headers together have more than `MAX_HEADER_BYTES` bytes. Send long inputs in the body of a POST.",
  },
  INTERNAL: {
    status: 500,
    title: "Something went wrong in the service",
    description: "The service has a bug, and has logged the error. You can try the same request again.",
  },
  OVERLOADED: {
    status: 503,
    title: "The service is too busy",
    description:
      "The service refused the request before it read the body, or gave up after `SORT_TIMEOUT_SECONDS`. Nothing is wrong with the request. `Retry-After` says when to try again.",
  },
  NOT_READY: {
    status: 503,
    title: "The service is stopping",
    description: "Only `/readyz` gives this answer, after SIGTERM. `Retry-After` says when to ask again.",
  },
} as const;

/** What all problems have in common, for the same two documents. Code stands in backticks. */
export const problemsIntroduction =
  "The service answers every error with a problem document (RFC 9457) of the type `application/problem+json`. It has the members `type`, `title`, `status`, `detail` and `code`. If the error has a place in the input, it also has `offset` (the byte of the body, from 0), `pointer` (the JSON Pointer of the value, RFC 6901; left out if it is longer than 1 KiB), `line` (of a text, from 1), `column` (the field of a line of CSV, from 1) or `parameter` (of the query string). If the input has several errors, the service reports the first. The codes never change.";

/** A stable name for what was wrong. */
export type ProblemCode = keyof typeof problemDefinitions;

/** Where the error is in the input: in the body, or in the query string. */
export interface ProblemPlace extends Place {
  /** The name of the query parameter. */
  readonly parameter?: string;
}

/** A problem document (RFC 9457). */
export interface Problem extends ProblemPlace {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
}

export const PROBLEM_TYPE = "application/problem+json";

/** Makes the document for a problem. Its `type` is the URL at which the same service explains the code. */
export function problem(code: ProblemCode, detail: string, place: ProblemPlace = {}): Problem {
  const { title, status } = problemDefinitions[code];
  return { type: `errors#${code}`, title, status, detail, code, ...place };
}

/**
 * Throw this to answer with a problem. Not `httpErrors` of @fastify/sensible, which knows neither codes nor places, and
 * which the page could not throw.
 */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly problem: Problem;

  constructor(code: ProblemCode, detail: string, place?: ProblemPlace) {
    super(detail);
    this.problem = problem(code, detail, place);
  }
}

/** Whether an error of the core has a problem of the same code. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemDefinitions, code);
}
