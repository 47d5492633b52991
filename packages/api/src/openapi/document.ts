import manifest from "../../package.json" with { type: "json" };
import { otherPaths } from "./other-operations.ts";
import { problemResponses } from "./responses.ts";
import { schemas } from "./schemas.ts";
import { getNumbers, postNumbers } from "./sort-operations.ts";
import type { Tag } from "./types.ts";

/** The service's interface in OpenAPI 3.1: every route, option, answer and problem. Tests send its examples. */
export const openapi = {
  openapi: "3.1.1",
  info: {
    title: "Sorted",
    version: manifest.version,
    summary: "Sorts the numbers in loose JSON, exactly and fast",
    description:
      "The service compares numbers as decimals, whatever their length, and returns each with the digits that it was sent with. Equal numbers keep their order. Every error is a problem document (RFC 9457); [this page](errors) explains each of them. You can try the service in a browser on [its page](./). If the service has `API_KEYS`, sorting and `/metrics` need a key: `Authorization: Bearer KEY` or `X-API-Key: KEY`.\n\nThe service answers HEAD like GET without the body, and OPTIONS with `Allow`. For another method of a known path it answers `METHOD_NOT_ALLOWED`, for an unknown path `NOT_FOUND`.",
    license: { name: "Apache 2.0", identifier: "Apache-2.0" },
  },
  // Relative to the document, so that it is right behind a path prefix too.
  servers: [{ url: "./" }],
  tags: [
    { name: "Numbers", description: "Sort numbers." },
    { name: "Watching", description: "For load balancers and monitoring." },
    { name: "Documents", description: "Pages and documents that explain the service." },
  ] satisfies { readonly name: Tag; readonly description: string }[],
  paths: { "/": { get: getNumbers, post: postNumbers }, ...otherPaths },
  components: {
    schemas: { ...schemas },
    responses: {
      NotFound: problemResponses(["NOT_FOUND"])[404] ?? { description: "" },
      MethodNotAllowed: problemResponses(["METHOD_NOT_ALLOWED"])[405] ?? { description: "" },
    },
  },
};
