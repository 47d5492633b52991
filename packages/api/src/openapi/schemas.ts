import { problemDefinitions } from "@sorted/contract";
import type { Schema } from "./types.ts";

// Of what strings may hold this says what JSON Schema can say, and what JSON parsers can read in the answer: in truth
// brackets nest in them too, and exponents have up to nine digits. [0-9], as \d is more than ASCII for some.
const SPACE = "[ \\t\\r\\n]*";
const NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?";
const ITEMS = `(${NUMBER}${SPACE}(,${SPACE}${NUMBER}${SPACE})*)`;
const LIST = `(\\[${SPACE}${ITEMS}?\\]|\\(${SPACE}${ITEMS}?\\)|${ITEMS})`;
const SEPARATED = `${NUMBER}(([ \\t\\r\\n]+|${SPACE}[,;]${SPACE})${NUMBER})*`;

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** What numbers come in and answers go out as. */
export const schemas: { readonly [name: string]: Schema } = {
  Numbers: {
    description:
      "Any JSON whose leaves are numbers, or strings that hold a number or a list of numbers. Names are ignored. The numbers are taken in the order of the document.",
    oneOf: [
      { type: "number" },
      reference("NumbersInString"),
      { type: "array", items: reference("Numbers") },
      { type: "object", additionalProperties: reference("Numbers") },
    ],
  },
  NumbersInString: {
    description: "A number, or a list of numbers in `[]`, in `()` or bare, as JSON or Python would write it.",
    type: "string",
    pattern: `^${SPACE}${LIST}${SPACE}$`,
  },
  SeparatedNumbers: {
    description: "Numbers with one comma or semicolon, or white space, between.",
    // A client may give one number as a number.
    type: ["string", "number"],
    pattern: `^${SPACE}${SEPARATED}${SPACE}$`,
  },
  Sorted: {
    type: "object",
    properties: {
      sorted: {
        description:
          "The numbers in order, each with the digits that it was sent with: more than a double holds, if it was sent so. With `numbers=string` they are strings.",
        type: "array",
        items: { type: ["number", "string"] },
      },
    },
    required: ["sorted"],
    additionalProperties: false,
  },
  Description: {
    description: "What the service is.",
    type: "object",
    properties: { name: { type: "string" }, description: { type: "string" } },
    required: ["name", "description"],
    not: { required: ["sorted"] },
  },
  Problem: {
    description: "RFC 9457. Of several faults the first is told.",
    type: "object",
    properties: {
      type: { type: "string", format: "uri-reference", description: "Where this service explains the code." },
      title: { type: "string" },
      status: { type: "integer" },
      detail: { type: "string", description: "What was wrong, and what would be right." },
      code: {
        type: "string",
        enum: Object.keys(problemDefinitions),
        description: "Stable, for programs.",
      },
      offset: {
        type: "integer",
        minimum: 0,
        description: "The byte of the body, from 0, where the fault is.",
      },
      pointer: {
        type: "string",
        description: "JSON Pointer (RFC 6901) of the value; left out when longer than 1 KiB.",
      },
      line: { type: "integer", minimum: 1, description: "The line of a text." },
      parameter: { type: "string", description: "The parameter of the query string." },
    },
    required: ["type", "title", "status", "detail", "code"],
    additionalProperties: false,
  },
};

/** A reference to one of the schemas. */
export function schema(name: keyof typeof schemas): Schema {
  return reference(String(name));
}
