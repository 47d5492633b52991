import { otherPaths } from "./other-operations.ts";
import { problemResponses } from "./responses.ts";
import { schemas } from "./schemas.ts";
import { getNumbers, postNumbers } from "./sort-operations.ts";
import type { Tag } from "./types.ts";

/** The service's interface in OpenAPI 3.1: every route, option, answer and problem, with examples that are tested. */
export const openapi = {
  openapi: "3.1.1",
  info: {
    title: "Sorted",
    version: "0.1.0",
    summary: "Numbers in loose JSON come back in order, exactly and fast",
    description:
      "Numbers are compared as the decimals that they are, whatever their length, and come back with the digits that they were sent with. Equal numbers keep their order. Every error is a problem document (RFC 9457); [all of them](/errors) are explained. [A page](/) is there to try things in a browser. Where the service has `API_KEYS`, numbers and metrics need a key: `Authorization: Bearer KEY` or `X-API-Key: KEY`.\n\nHEAD is answered like GET without the body, OPTIONS with `Allow`. Another method of a known path is `METHOD_NOT_ALLOWED`, an unknown path `NOT_FOUND`.",
    license: { name: "Apache 2.0", identifier: "Apache-2.0" },
  },
  tags: [
    { name: "Numbers", description: "What the service is for." },
    { name: "Watching", description: "For load balancers and whoever else watches the service." },
    { name: "Documents", description: "What explains the service." },
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
