import { equal, match } from "node:assert/strict";
import type { Answer, Request } from "./send.ts";

/** Sends a request to the service, with the key if there is one. */
type Send = (request: Request) => Promise<Answer>;

/** One thing that the service must do, and how to check it. */
export interface Check {
  readonly name: string;
  /** Throws if the service does not do it. */
  readonly run: (send: Send) => Promise<void>;
}

const JSON_BODY = { "content-type": "application/json" };

/** The check that the service answers a request with 200 and this body. */
function sorts(name: string, request: Request, answer: string): Check {
  return {
    name,
    run: async (send) => {
      const { status, body } = await send(request);
      equal(status, 200, `status ${status}: ${body}`);
      equal(body, answer);
    },
  };
}

const post = (body: string, path = "/") => ({ method: "POST", path, headers: JSON_BODY, body });

/** The checks that every deployment must pass, wherever it runs and whatever is in front of it. */
export const checks: readonly Check[] = [
  {
    name: "is ready",
    run: async (send) => equal((await send({ method: "GET", path: "/readyz" })).status, 200),
  },
  sorts("numbers in strings", post('{"x1":"3","x2":"1"}'), '{"sorted":[1,3]}'),
  sorts("a list in a string", post('{"x1":"[3, 1]"}'), '{"sorted":[1,3]}'),
  sorts(
    "numbers, strings and lists together",
    post('{"x1":"[3, 10, -2.5]","x2":"7","x3":1}'),
    '{"sorted":[-2.5,1,3,7,10]}',
  ),
  sorts(
    "exact to the last digit",
    post("[9007199254740993, 9007199254740992, 1e400, 0.10000000000000000001, 0.1]"),
    '{"sorted":[0.1,0.10000000000000000001,9007199254740992,9007199254740993,1e400]}',
  ),
  sorts("equal numbers keep their order", post("[1.0, 1, 1e0, 0]"), '{"sorted":[0,1.0,1,1e0]}'),
  sorts(
    "options",
    post("[1, 2, 2.0, 3]", "/?order=desc&unique=true&limit=2&numbers=string"),
    '{"sorted":["3","2"]}',
  ),
  sorts("numbers in the query string", { method: "GET", path: "/?x1=3&x2=%5B1,2%5D" }, '{"sorted":[1,2,3]}'),
  sorts("QUERY", { method: "QUERY", path: "/", headers: JSON_BODY, body: "[2,1]" }, '{"sorted":[1,2]}'),
  sorts(
    "text in, text out",
    {
      method: "POST",
      path: "/",
      headers: { "content-type": "text/plain", accept: "text/plain" },
      body: "3 1\n2",
    },
    "1\n2\n3\n",
  ),
  sorts(
    "GET with a body",
    { method: "GET", path: "/", headers: JSON_BODY, body: '{"x1":"3","x2":"1"}' },
    '{"sorted":[1,3]}',
  ),
  sorts(
    "CSV in, CSV out",
    {
      method: "POST",
      path: "/",
      headers: { "content-type": "text/csv", accept: "text/csv" },
      body: "3;1\r\n2",
    },
    "1\r\n2\r\n3\r\n",
  ),
  {
    name: "an error says what and where",
    run: async (send) => {
      const { status, headers, body } = await send(post('{"x1":"3","x2":true}'));
      equal(status, 400);
      match(String(headers["content-type"]), /^application\/problem\+json/);
      const { code, pointer, offset } = JSON.parse(body);
      equal(`${code} ${pointer} ${offset}`, "NOT_A_NUMBER /x2 15");
    },
  },
  {
    name: "headers",
    run: async (send) => {
      const { headers } = await send(post("[1]"));
      match(String(headers["content-type"]), /^application\/json/);
      equal(headers["cache-control"], "no-store");
      match(String(headers.vary), /accept/i);
    },
  },
  {
    name: "a hundred requests at once",
    run: async (send) => {
      const numbers = Array.from({ length: 100 }, (_, i) => i);
      const answers = await Promise.all(numbers.map((n) => send(post(`[${n + 1}, ${n}]`))));
      answers.forEach(({ status, body }: Answer, n) => {
        equal(status, 200, `status ${status}: ${body}`);
        equal(body, `{"sorted":[${n},${n + 1}]}`);
      });
    },
  },
];
