import type { ProblemCode, ProblemPlace } from "@sorted/contract";

/** The request of an example. */
export interface ExampleRequest {
  readonly method: "GET" | "POST" | "QUERY" | "DELETE";
  /** The path and the query string. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
}

/** A request and the answer to it. */
export interface Exchange {
  readonly summary: string;
  readonly request: ExampleRequest;
  readonly type: "application/json" | "text/plain" | "text/csv";
  readonly answer: string;
}

const JSON_BODY = { "content-type": "application/json" };

const post = (body: string, search = ""): ExampleRequest => ({
  method: "POST",
  path: `/${search}`,
  headers: JSON_BODY,
  body,
});
const postAs = (type: string, body: string | Uint8Array, search = ""): ExampleRequest => ({
  method: "POST",
  path: `/${search}`,
  headers: { "content-type": type, accept: `${type}, */*;q=0.1` },
  body,
});

/** Good requests with their answers; a test sends each of them. */
export const exchanges = {
  oneByOne: {
    summary: "Each number in a string of its own",
    request: post('{"x1":"3","x2":"1"}'),
    type: "application/json",
    answer: '{"sorted":[1,3]}',
  },
  listInString: {
    summary: "A list in a string, written as in JSON or Python",
    request: post('{"x1":"[3, 1]"}'),
    type: "application/json",
    answer: '{"sorted":[1,3]}',
  },
  listAndNumber: {
    summary: "A list in a string, and a number in another",
    request: post('{"x1":"[3, 1]","x2":"2"}'),
    type: "application/json",
    answer: '{"sorted":[1,2,3]}',
  },
  mixed: {
    summary: "Numbers, strings and lists together",
    request: post('{"x1":"[3, 10, -2.5]","x2":"7","x3":1}'),
    type: "application/json",
    answer: '{"sorted":[-2.5,1,3,7,10]}',
  },
  exact: {
    summary: "Every digit counts. The answer has strings, for clients whose JSON parser loses digits",
    request: post('["9007199254740993","9007199254740992","0.1"]', "?numbers=string&order=desc&limit=2"),
    type: "application/json",
    answer: '{"sorted":["9007199254740993","9007199254740992"]}',
  },
  lines: {
    summary: "Lines in, lines out",
    request: postAs("text/plain", "3\n1\n2\n"),
    type: "text/plain",
    answer: "1\n2\n3\n",
  },
  table: {
    summary: "CSV in, CSV out",
    request: postAs("text/csv", "3;1\r\n2\r\n"),
    type: "text/csv",
    answer: "1\r\n2\r\n3\r\n",
  },
  column: {
    summary: "One column of a table, with decimal commas",
    request: postAs(
      "text/csv",
      'item;price\r\n"tea; green";2,5\r\nmilk;1,25\r\n',
      "?header=present&column=price&decimal=comma",
    ),
    type: "text/csv",
    answer: "1.25\r\n2.5\r\n",
  },
  query: {
    summary: "Numbers in the query string",
    request: { method: "GET", path: "/?x1=3&x2=%5B1,2%5D" },
    type: "application/json",
    answer: '{"sorted":[1,2,3]}',
  },
} as const satisfies { readonly [name: string]: Exchange };

/** An example of a problem, and the request that leads to it; no request if it takes more than one. */
export interface ProblemExample {
  readonly request?: ExampleRequest;
  readonly detail: string;
  readonly place?: ProblemPlace;
}

/** An example of every problem. A test sends each request and compares the answer. */
export const problemExamples: { readonly [code in ProblemCode]: ProblemExample } = {
  INVALID_JSON: {
    request: post("[1, 2"),
    detail:
      "expected a comma or a closing bracket, found the end of the input; the body was read as JSON, because of Content-Type: application/json",
    place: { offset: 5, pointer: "" },
  },
  INVALID_UTF8: {
    request: postAs("application/json", Uint8Array.of(0x22, 0xff, 0x22)),
    detail: "the bytes are not UTF-8",
    place: { offset: 1, pointer: "" },
  },
  INVALID_CSV: {
    request: postAs("text/csv", 'item,price\n"tea"x,2\n', "?header=present&column=price"),
    detail:
      'expected a separator or a line end after the closing quotation mark, found "x"; the body was read as CSV, because of Content-Type: text/csv',
    place: { line: 2, column: 1, offset: 16 },
  },
  AMBIGUOUS_SEPARATOR: {
    request: postAs("text/csv", "1,5;2,5"),
    detail:
      'both "," and ";" separate numbers here; if the comma is a decimal comma, send decimal=comma; the body was read as CSV, because of Content-Type: text/csv',
    place: { line: 1, column: 2, offset: 3 },
  },
  INVALID_MULTIPART: {
    request: postAs("multipart/form-data; boundary=b", "--b--\r\n"),
    detail: "the form has no part; send one file",
  },
  EMPTY_INPUT: {
    request: post(""),
    detail:
      "expected a JSON document, found nothing; the body was read as JSON, because of Content-Type: application/json",
    place: { offset: 0, pointer: "" },
  },
  NOT_A_NUMBER: {
    request: post('{"x1":"3","x2":true}'),
    detail:
      "expected a number, found true; the body was read as JSON, because of Content-Type: application/json",
    place: { offset: 15, pointer: "/x2" },
  },
  EXPONENT_OUT_OF_RANGE: {
    request: post("[1e1000000000]"),
    detail: "the exponent is beyond ±999,999,999",
    place: { offset: 1, pointer: "/0" },
  },
  TOO_DEEP: {
    request: post(`"${"[".repeat(513)}"`),
    detail: "brackets are nested deeper than 512",
    place: { offset: 513, pointer: "" },
  },
  BAD_OPTION: {
    request: post("[2, 1]", "?order=up"),
    detail: "the option order must be asc or desc",
    place: { parameter: "order" },
  },
  BAD_QUERY: {
    request: { method: "GET", path: "/?x1=%ff" },
    detail: "expected percent-encoded UTF-8, such as %2B for +",
    place: { parameter: "x1" },
  },
  BAD_URL: {
    request: { method: "GET", path: "/%ff" },
    detail: "expected a path in percent-encoded UTF-8",
  },
  BAD_REQUEST: { detail: "a request must have exactly one Host header" },
  INVALID_CODING: {
    request: {
      method: "POST",
      path: "/",
      headers: { ...JSON_BODY, "content-encoding": "gzip" },
      body: "[2, 1]",
    },
    detail: "the body is not in the coding that Content-Encoding names",
  },
  MISSING_CONTENT_TYPE: {
    request: { method: "QUERY", path: "/", body: "[2, 1]" },
    detail:
      "a QUERY request needs a Content-Type header: application/json, application/x-ndjson, text/plain, text/csv or text/tab-separated-values",
  },
  UNAUTHORIZED: {
    detail: "the request has no key; send a key in the header Authorization: Bearer KEY, or X-API-Key: KEY",
  },
  NOT_FOUND: {
    request: { method: "GET", path: "/nothing" },
    detail: "there is nothing at this path; send numbers to /",
  },
  METHOD_NOT_ALLOWED: {
    request: { method: "DELETE", path: "/" },
    detail: "this path allows GET, HEAD, OPTIONS, POST, QUERY, not DELETE",
  },
  NOT_ACCEPTABLE: {
    request: {
      method: "POST",
      path: "/",
      headers: { "content-type": "application/json", accept: "image/png" },
      body: "[2, 1]",
    },
    detail: "the answer can be application/json, text/plain or text/csv",
  },
  REQUEST_TIMEOUT: { detail: "the request did not arrive in time" },
  BODY_TOO_LARGE: { detail: "the body has more than 67108864 bytes" },
  TOO_MANY_NUMBERS: {
    detail: "the input has more than 1000000 numbers",
    place: { offset: 2_000_001, pointer: "/1000000" },
  },
  ANSWER_TOO_LARGE: {
    detail:
      "the answer has more than the 991808 bytes that Lambda can send; use limit to ask for fewer numbers",
  },
  UNSUPPORTED_MEDIA_TYPE: {
    request: postAs("application/x-www-form-urlencoded", "[2, 1]"),
    detail:
      "send one of these as Content-Type: application/json, application/x-ndjson, text/plain, text/csv or text/tab-separated-values; or a form with one file: multipart/form-data",
  },
  EXPECTATION_FAILED: {
    detail: "the only value of the Expect header that the service knows is 100-continue",
  },
  TOO_MANY_REQUESTS: { detail: "more than 2 requests in 60 s" },
  HEADERS_TOO_LARGE: { detail: "the URL and the headers have more than 16384 bytes" },
  INTERNAL: { detail: "an error in the service" },
  OVERLOADED: { detail: "other requests are using all the memory for bodies" },
  NOT_READY: { detail: "this instance is stopping" },
};
