import { PROBLEM_TYPE, type ProblemCode, problem, problemDefinitions } from "@sorted/contract";
import { type Exchange, problemExamples } from "./exchanges.ts";
import { schema } from "./schemas.ts";
import type { Examples, Headers, Response, Responses } from "./types.ts";

/** The headers of every answer. */
export const commonHeaders: Headers = {
  "Cache-Control": { description: "Whether a cache may keep the answer.", schema: { type: "string" } },
  "X-Request-Id": {
    description: "The id of the request in the log: the trace id of its `traceparent`, or else a random id.",
    schema: { type: "string" },
  },
  Vary: { description: "The request headers that the answer depends on.", schema: { type: "string" } },
};

const RETRY_AFTER: Headers = {
  "Retry-After": { description: "How many seconds to wait before the next try.", schema: { type: "string" } },
};

const extraHeaders: { readonly [code in ProblemCode]?: Headers } = {
  METHOD_NOT_ALLOWED: {
    Allow: { description: "The methods that the path allows.", schema: { type: "string" } },
  },
  UNAUTHORIZED: {
    "WWW-Authenticate": { description: "How to send a key.", schema: { type: "string" } },
  },
  TOO_MANY_REQUESTS: RETRY_AFTER,
  OVERLOADED: RETRY_AFTER,
  NOT_READY: RETRY_AFTER,
};

/** The problems that any request can have before it reaches a route. */
export const ANYWHERE = [
  "BAD_URL",
  "BAD_REQUEST",
  "REQUEST_TIMEOUT",
  "EXPECTATION_FAILED",
  "HEADERS_TOO_LARGE",
  "INTERNAL",
] as const;

/** The problems of routes that may turn requests away: all but those that watch the service. */
export const TURNED_AWAY = ["TOO_MANY_REQUESTS", "OVERLOADED"] as const;

/** The answers to problems, by status. */
export function problemResponses(codes: readonly ProblemCode[]): Responses {
  const byStatus = Map.groupBy(codes, (code) => problemDefinitions[code].status);
  return Object.fromEntries(
    Array.from(byStatus, ([status, group]) => [String(status), problemResponse(group)]),
  );
}

function problemResponse(codes: readonly ProblemCode[]): Response {
  return {
    description: codes.map((code) => `\`${code}\`: ${problemDefinitions[code].title}.`).join("\n\n"),
    headers: Object.assign({}, commonHeaders, ...codes.map((code) => extraHeaders[code] ?? {})),
    content: {
      [PROBLEM_TYPE]: {
        schema: schema("Problem"),
        examples: Object.fromEntries(
          codes.map((code) => {
            const { detail, place } = problemExamples[code];
            return [code, { summary: problemDefinitions[code].title, value: problem(code, detail, place) }];
          }),
        ),
      },
    },
  };
}

/** The answers of the exchanges of one type as examples, by the names of the exchanges. */
export function answerExamples(
  exchanges: { readonly [name: string]: Exchange },
  type: Exchange["type"],
): Examples {
  return examplesOf(exchanges, type, ({ answer }) => answer);
}

/** The bodies of the same requests as examples. */
export function bodyExamples(
  exchanges: { readonly [name: string]: Exchange },
  type: Exchange["type"],
): Examples {
  return examplesOf(exchanges, type, ({ request: { body } }) => (typeof body === "string" ? body : ""));
}

function examplesOf(
  exchanges: { readonly [name: string]: Exchange },
  type: Exchange["type"],
  textOf: (exchange: Exchange) => string,
): Examples {
  return Object.fromEntries(
    Object.entries(exchanges)
      .filter(([, exchange]) => exchange.type === type)
      .map(([name, exchange]) => {
        const text = textOf(exchange);
        return [
          name,
          { summary: exchange.summary, value: type === "application/json" ? JSON.parse(text) : text },
        ];
      }),
  );
}
