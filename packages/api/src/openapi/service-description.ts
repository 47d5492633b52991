import { INPUT_TYPES } from "@sorted/contract";

/** The answer to a client that asks for `/` without numbers; a service with keys adds `key`. */
export const description = {
  name: "Sorted",
  description: "Sorts the numbers in loose JSON and returns each with the digits that it was sent with.",
  example: {
    request: 'POST / with {"x1":"[3, 10, -2.5]","x2":"7","x3":1}',
    answer: '{"sorted":[-2.5,1,3,7,10]}',
  },
  methods: ["POST", "QUERY", "GET"],
  contentTypes: [...INPUT_TYPES, "multipart/form-data"],
  options: {
    order: "asc or desc",
    unique: "true or false",
    limit: "how many numbers to return",
    numbers: "string",
    decimal: "point or comma",
    header: "present or absent",
    column: "a heading, or a column's number",
    field: "a member's name, or a JSON Pointer",
    empty: "error or skip",
  },
  reference: "docs",
  openapi: "openapi.json",
  errors: "errors",
};

/** How to send a key, for a service that asks for one. */
export const keyDescription = { key: "Authorization: Bearer KEY, or X-API-Key: KEY" };
