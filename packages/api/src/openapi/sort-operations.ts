import { exchanges } from "./exchanges.ts";
import {
  ANYWHERE,
  answerExamples,
  bodyExamples,
  commonHeaders,
  problemResponses,
  TURNED_AWAY,
} from "./responses.ts";
import { schema } from "./schemas.ts";
import { description } from "./service-description.ts";
import type { Headers, Operation, Parameter, Response, Schema } from "./types.ts";

const { query: byQuery, ...byBody } = exchanges;

/**
 * An option that need not be given, and has no default. An empty list stands for "not given", and is written as nothing.
 * Without that, Postman's import would send `<integer>` or `<string>`: it sends every parameter, as the first alternative
 * or the default says.
 */
const orNone = (schema: Schema): Schema => ({ anyOf: [{ type: "array", maxItems: 0, default: [] }, schema] });

const options: Parameter[] = [
  {
    name: "order",
    in: "query",
    description: "Ascending or descending. Equal numbers keep their order in both.",
    schema: { type: "string", enum: ["asc", "desc"], default: "asc" },
  },
  {
    name: "unique",
    in: "query",
    description: "Whether the answer keeps only the first of equal numbers.",
    schema: { type: "string", enum: ["true", "false"], default: "false" },
  },
  {
    name: "limit",
    in: "query",
    description: "How many numbers to return, from the first; all if it is absent.",
    schema: orNone({ type: "integer", minimum: 0 }),
  },
  {
    name: "numbers",
    in: "query",
    description:
      "Returns the numbers as strings in JSON, for clients whose JSON parser loses digits, as JavaScript's does.",
    schema: { type: "string", enum: ["string"] },
  },
];

/** How the service reads a body. The type of a body decides which of them it may use; OpenAPI can't say that. */
export const formOptions: Parameter[] = [
  {
    name: "decimal",
    in: "query",
    description: "In text and CSV: the decimal sign. With `comma`, semicolons, tabs and line ends separate.",
    schema: { type: "string", enum: ["point", "comma"], default: "point" },
  },
  {
    name: "header",
    in: "query",
    description: "In text and CSV: whether line 1 holds headings. `text/csv; header=present` says the same.",
    schema: { type: "string", enum: ["present", "absent"], default: "absent" },
  },
  {
    name: "column",
    in: "query",
    description: "In CSV: the only column to read, by its number from 1 or by its heading.",
    schema: orNone({ type: "string", minLength: 1 }),
  },
  {
    name: "field",
    in: "query",
    description: "In JSON and JSON Lines: the only member of each record to read, by name or JSON Pointer.",
    schema: orNone({ type: "string", minLength: 1 }),
  },
  {
    name: "empty",
    in: "query",
    description:
      "Whether an empty field of CSV, or a member that is missing, null or empty, is an error or is skipped.",
    schema: { type: "string", enum: ["error", "skip"], default: "error" },
  },
];

const answerHeaders: Headers = {
  ...commonHeaders,
  "Numbers-Read": {
    description: "How many numbers the service read, before `unique` and `limit` took some away.",
    schema: { type: "integer", minimum: 0 },
  },
};

const numbersInQuery = Object.fromEntries(new URLSearchParams(byQuery.request.path.slice(2)));

const data: Parameter = {
  name: "data",
  in: "query",
  description:
    "The numbers: every parameter that is not an option, in order. A name may occur more than once. `+` is a space.",
  style: "form",
  explode: true,
  schema: {
    type: "object",
    additionalProperties: { anyOf: [schema("NumbersInString"), { type: "number" }] },
    // Postman's import sends the default, and reads no example.
    default: numbersInQuery,
  },
  examples: { query: { summary: byQuery.summary, value: numbersInQuery } },
};

const answers: Response = {
  description: "The numbers in order, in the type that `Accept` prefers.",
  headers: answerHeaders,
  content: {
    "application/json": { schema: schema("Sorted"), examples: answerExamples(byBody, "application/json") },
    "text/plain": { schema: { type: "string" }, examples: answerExamples(byBody, "text/plain") },
    "text/csv": { schema: { type: "string" }, examples: answerExamples(byBody, "text/csv") },
  },
};

const NUMBERS_PROBLEMS = [
  "NOT_A_NUMBER",
  "EXPONENT_OUT_OF_RANGE",
  "TOO_DEEP",
  "BAD_OPTION",
  "BAD_QUERY",
  "NOT_ACCEPTABLE",
  "TOO_MANY_NUMBERS",
  "ANSWER_TOO_LARGE",
  "UNAUTHORIZED",
  ...TURNED_AWAY,
] as const;

export const postNumbers: Operation = {
  operationId: "sortNumbers",
  tags: ["Numbers"],
  summary: "Sort the numbers of a body",
  description:
    "`QUERY /` (RFC 10008) does the same as a safe method; it needs `Content-Type`, and OpenAPI 3.1 can't describe it. A POST without `Content-Type` is JSON. `GET /` accepts a body too, for old clients.",
  parameters: [...options, ...formOptions],
  requestBody: {
    required: true,
    content: {
      "application/json": { schema: schema("Numbers"), examples: bodyExamples(byBody, "application/json") },
      "text/plain": {
        // A text that begins as JSON is read as JSON.
        schema: {
          anyOf: [
            schema("SeparatedNumbers"),
            { type: ["array", "object"], items: schema("Numbers"), additionalProperties: schema("Numbers") },
          ],
        },
        examples: bodyExamples(byBody, "text/plain"),
      },
      "text/csv": { schema: schema("SeparatedNumbers"), examples: bodyExamples(byBody, "text/csv") },
      "text/tab-separated-values": { schema: { type: "string" } },
      "application/x-ndjson": { schema: { type: "string" } },
      "multipart/form-data": {
        schema: {
          description: "One file. Its own type decides how it is read, or else the ending of its name.",
          type: "object",
          properties: { file: { type: "string", format: "binary" } },
          required: ["file"],
        },
      },
    },
  },
  responses: {
    200: answers,
    ...problemResponses([
      "INVALID_JSON",
      "INVALID_UTF8",
      "INVALID_CSV",
      "AMBIGUOUS_SEPARATOR",
      "INVALID_MULTIPART",
      "EMPTY_INPUT",
      "INVALID_CODING",
      ...NUMBERS_PROBLEMS,
      "MISSING_CONTENT_TYPE",
      "BODY_TOO_LARGE",
      "UNSUPPORTED_MEDIA_TYPE",
      ...ANYWHERE,
    ]),
  },
};

export const getNumbers: Operation = {
  operationId: "sortQuery",
  tags: ["Numbers"],
  summary: "Sort the numbers of the query string",
  description:
    "Without numbers the answer describes the service: a page for browsers, JSON for other clients.",
  parameters: [data, ...options],
  responses: {
    200: {
      description:
        "The numbers in order, in the type that `Accept` prefers; or a description of the service.",
      headers: answerHeaders,
      content: {
        "application/json": {
          schema: { oneOf: [schema("Sorted"), schema("Description")] },
          examples: {
            ...answerExamples({ query: byQuery }, "application/json"),
            description: { summary: "Without numbers", value: description },
          },
        },
        "text/plain": { schema: { type: "string" } },
        "text/csv": { schema: { type: "string" } },
        "text/html": { schema: { type: "string" } },
      },
    },
    ...problemResponses([...NUMBERS_PROBLEMS, ...ANYWHERE]),
  },
};
