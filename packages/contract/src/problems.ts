import { errorDefinitions as core, type Place } from "@sorted/core";

/**
 * Every problem that the service answers with. The keys are the stable codes; the sentences are the documentation that
 * `docs/errors.md` and the route `/errors` are made from.
 */
export const problemDefinitions = {
  INVALID_JSON: { status: 400, ...core.INVALID_JSON },
  INVALID_UTF8: { status: 400, ...core.INVALID_UTF8 },
  EMPTY_INPUT: { status: 400, ...core.EMPTY_INPUT },
  NOT_A_NUMBER: { status: 400, ...core.NOT_A_NUMBER },
  EXPONENT_OUT_OF_RANGE: { status: 400, ...core.EXPONENT_OUT_OF_RANGE },
  TOO_DEEP: { status: 400, ...core.TOO_DEEP },
  BAD_OPTION: { status: 400, ...core.BAD_OPTION },
  BAD_QUERY: {
    status: 400,
    title: "The query string can't be decoded",
    description:
      "A name or a value in the query string is not UTF-8 in percent-encoding (RFC 3986, section 2.1).",
  },
  BAD_URL: {
    status: 400,
    title: "The path can't be decoded",
    description: "The path of the request is not UTF-8 in percent-encoding (RFC 3986, section 2.1).",
  },
  BAD_REQUEST: {
    status: 400,
    title: "The request is not well-formed HTTP",
    description:
      "The request breaks the rules of HTTP/1.1 (RFC 9112): its grammar, one header `Host`, no transfer coding but `chunked`, a body as long as announced.",
  },
  INVALID_CODING: {
    status: 400,
    title: "The body is not in the content coding that it claims",
    description: "`Content-Encoding` names a coding in which the body can't be read.",
  },
  MISSING_CONTENT_TYPE: {
    status: 400,
    title: "The header Content-Type is missing",
    description: "A QUERY request must say of what type its body is (RFC 10008).",
  },
  UNAUTHORIZED: {
    status: 401,
    title: "A key is needed",
    description:
      "The service has `API_KEYS`, and the request has none of them: as `Authorization: Bearer KEY` or `X-API-Key: KEY`.",
  },
  NOT_FOUND: {
    status: 404,
    title: "There is nothing at this path",
    description: "Numbers go to `/`.",
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    title: "The path does not take this method",
    description: "The header `Allow` names the methods that it takes.",
  },
  NOT_ACCEPTABLE: {
    status: 406,
    title: "None of the accepted types can be given",
    description: "`Accept` must allow `application/json`, `text/plain` or `text/csv`.",
  },
  REQUEST_TIMEOUT: {
    status: 408,
    title: "The request took too long to arrive",
    description:
      "The headers must arrive within `HEADERS_TIMEOUT_SECONDS`, the whole request within `REQUEST_TIMEOUT_SECONDS`.",
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: "The body is too large",
    description: "The body has more bytes than `MAX_BODY_BYTES`. It was not read to its end.",
  },
  TOO_MANY_NUMBERS: { status: 413, ...core.TOO_MANY_NUMBERS },
  ANSWER_TOO_LARGE: {
    status: 413,
    title: "The answer is too large",
    description:
      "On AWS Lambda an answer must fit into `MAX_EVENT_BYTES` as Lambda carries it: in a JSON string, where quotes and line ends take two bytes each, or compressed, in Base64. `limit` asks for the first numbers only.",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    title: "The body is of a type that is not understood",
    description:
      "`Content-Type` must be `application/json`, `text/plain` or `text/csv`, in UTF-8; `Content-Encoding` may be one of gzip, deflate, br and zstd. `curl -d` alone sends a form.",
  },
  EXPECTATION_FAILED: {
    status: 417,
    title: "The expectation can't be met",
    description: "Of the header `Expect` only `100-continue` is understood.",
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: "There were too many requests",
    description:
      "More than `RATE_LIMIT_REQUESTS` in `RATE_LIMIT_SECONDS` came with this key or from this address. `Retry-After` says when to go on.",
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    title: "The headers are too large",
    description:
      "The URL and the names and values of the headers have more bytes than `MAX_HEADER_BYTES`. Long inputs go into the body of a POST.",
  },
  INTERNAL: {
    status: 500,
    title: "Something went wrong in the service",
    description: "It is our fault and is in the log. The same request may be tried again.",
  },
  OVERLOADED: {
    status: 503,
    title: "The service has more to do than it can",
    description:
      "The request was refused at once, before its body was read, or given up after `SORT_TIMEOUT_SECONDS`. Nothing is wrong with it: `Retry-After` says when to try again.",
  },
  NOT_READY: {
    status: 503,
    title: "The service is about to stop",
    description: "Only `/readyz` answers so, from SIGTERM on. `Retry-After` says when to ask again.",
  },
} as const;

/** A stable name for what was wrong. */
export type ProblemCode = keyof typeof problemDefinitions;

/** Where a fault lies in the input: in the body, or in the query string. */
export interface ProblemPlace extends Place {
  /** Name of the query parameter. */
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

/** The document for a problem; its `type` is where this very service explains the code. */
export function problem(code: ProblemCode, detail: string, place: ProblemPlace = {}): Problem {
  const { title, status } = problemDefinitions[code];
  return { type: `/errors#${code}`, title, status, detail, code, ...place };
}

/** Thrown to answer with a problem. */
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
