import { PROBLEM_TYPE, type ProblemCode, problem, problemDefinitions } from "@sorted/contract";
import { type Exchange, problemExamples } from "./exchanges.ts";
import { schema } from "./schemas.ts";
import type { Examples, Headers, Response, Responses } from "./types.ts";

/** What every answer says of caches and of what it depends on. */
export const commonHeaders: Headers = {
  "Cache-Control": { description: "Answers are not to be kept.", schema: { type: "string" } },
  "X-Request-Id": {
    description: "What the log calls the request: the trace of its `traceparent`, or a name made up for it.",
    schema: { type: "string" },
  },
  Vary: { description: "What the answer depends on.", schema: { type: "string" } },
};

const RETRY_AFTER: Headers = {
  "Retry-After": { description: "Seconds until it is worth asking again.", schema: { type: "string" } },
};

const extraHeaders: { readonly [code in ProblemCode]?: Headers } = {
  METHOD_NOT_ALLOWED: {
    Allow: { description: "The methods that the path takes.", schema: { type: "string" } },
  },
  UNAUTHORIZED: {
    "WWW-Authenticate": { description: "How to send a key.", schema: { type: "string" } },
  },
  TOO_MANY_REQUESTS: RETRY_AFTER,
  OVERLOADED: RETRY_AFTER,
  NOT_READY: RETRY_AFTER,
};

/** What can go wrong with any request before a route is asked. */
export const ANYWHERE = [
  "BAD_URL",
  "BAD_REQUEST",
  "REQUEST_TIMEOUT",
  "EXPECTATION_FAILED",
  "HEADERS_TOO_LARGE",
  "INTERNAL",
] as const;

/** What can go wrong where the service may turn requests away: not for those who watch it. */
export const TURNED_AWAY = ["TOO_MANY_REQUESTS", "OVERLOADED"] as const;

/** Answers for problems, by their status. */
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

/** The answers of exchanges as examples, by the names of the exchanges; those of one type. */
export function answerExamples(
  exchanges: { readonly [name: string]: Exchange },
  type: Exchange["type"],
): Examples {
  return examplesOf(exchanges, type, ({ answer }) => answer);
}

/** Their bodies as examples. */
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
