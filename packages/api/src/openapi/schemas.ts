import { problemDefinitions } from "@sorted/contract";
import type { Schema } from "./types.ts";

// JSON Schema can't describe everything that the service reads in a string: brackets may nest there too, and an
// exponent may have nine digits, which most JSON parsers can't read in the answer. [0-9], because some read \d as more
// than ASCII.
const SPACE = "[ \\t\\r\\n]*";
const NUMBER = "[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,2})?";
const ITEMS = `(${NUMBER}${SPACE}(,${SPACE}${NUMBER}${SPACE})*)`;
const LIST = `(\\[${SPACE}${ITEMS}?\\]|\\(${SPACE}${ITEMS}?\\)|${ITEMS})`;
// Either commas or semicolons: with semicolons, a comma might be a decimal comma. At the start of a line, a mark would
// leave an empty field.
const separatedBy = (mark: string) => `${NUMBER}(([ \\t\\r\\n]+|[ \\t]*${mark}${SPACE})${NUMBER})*`;
const SEPARATED = `(${separatedBy(",")}|${separatedBy(";")})`;

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The schemas of bodies and answers. */
export const schemas: { readonly [name: string]: Schema } = {
  Numbers: {
    description:
      "Any JSON whose leaves are numbers, or strings with a number or a list of numbers. The service ignores names and takes the numbers in the order of the document.",
    // Postman's import sends the default of the first alternative.
    oneOf: [
      { type: "object", additionalProperties: reference("Numbers"), default: { x1: "3", x2: "1" } },
      { type: "array", items: reference("Numbers") },
      reference("NumbersInString"),
      { type: "number" },
    ],
  },
  NumbersInString: {
    description: "A number, or a list of numbers as in JSON or Python: in `[]`, in `()` or without brackets.",
    type: "string",
    pattern: `^${SPACE}${LIST}${SPACE}$`,
  },
  SeparatedNumbers: {
    description:
      "Numbers, separated by commas, by semicolons or by white space; CSV may have them in double quotes. With `header` and `column`, a table (RFC 4180).",
    // A generated client may pass a single number as a number.
    type: ["string", "number"],
    pattern: `^${SPACE}${SEPARATED}${SPACE}$`,
  },
  Sorted: {
    type: "object",
    properties: {
      sorted: {
        description:
          "The numbers in order, each with the digits that it was sent with, even if a double can't hold them. With `numbers=string` they are strings.",
        type: "array",
        items: { type: ["number", "string"] },
      },
    },
    required: ["sorted"],
    additionalProperties: false,
  },
  Description: {
    description: "A short description of the service.",
    type: "object",
    properties: {
      name: { type: "string" },
      description: { type: "string" },
      key: { description: "How to send a key. Only a service that asks for one has it.", type: "string" },
    },
    required: ["name", "description"],
    not: { required: ["sorted"] },
  },
  Problem: {
    description: "A problem document (RFC 9457). If the input has several errors, it describes the first.",
    type: "object",
    properties: {
      type: {
        type: "string",
        format: "uri-reference",
        description: "The URL at which this service explains the code.",
      },
      title: { type: "string" },
      status: { type: "integer" },
      detail: { type: "string", description: "What was wrong, and what would be right." },
      code: {
        type: "string",
        enum: Object.keys(problemDefinitions),
        description: "A stable code for programs.",
      },
      offset: {
        type: "integer",
        minimum: 0,
        description: "The byte of the body, from 0, at which the error is.",
      },
      pointer: {
        type: "string",
        description: "The JSON Pointer (RFC 6901) of the value; left out if it is longer than 1 KiB.",
      },
      line: { type: "integer", minimum: 1, description: "The line of a text, from 1." },
      column: { type: "integer", minimum: 1, description: "The field of the line of a table, from 1." },
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
