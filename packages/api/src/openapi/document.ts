import manifest from "../../package.json" with { type: "json" };
import { otherPaths } from "./other-operations.ts";
import { problemResponses } from "./responses.ts";
import { schemas } from "./schemas.ts";
import { getNumbers, postNumbers } from "./sort-operations.ts";
import type { Tag } from "./types.ts";

/**
 * The interface of every service in OpenAPI 3.1: every route, option, answer and problem. Tests send its examples, and
 * import it into Postman.
 */
export const openapi = {
  openapi: "3.1.1",
  info: {
    title: "Sorted",
    version: manifest.version,
    summary: "Sorts the numbers in loose JSON, exactly and fast",
    description:
      "The service compares numbers as decimals, whatever their length, and returns each with the digits that it was sent with. Equal numbers keep their order. Every error is a problem document (RFC 9457); [this page](errors) explains each of them. You can try the service in a browser on [its page](./). If the service has `API_KEYS`, sorting and `/metrics` need a key, and `/openapi.json` then says how to send it.\n\nThe service answers HEAD like GET without the body, and OPTIONS with `Allow`. For another method of a known path it answers `METHOD_NOT_ALLOWED`, for an unknown path `NOT_FOUND`.",
    license: { name: "Apache 2.0", identifier: "Apache-2.0" },
  },
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

/** One service, as its own document describes it. */
export interface Service {
  /** Where it was asked for the document, such as `https://sorted.example`, without a slash at the end. */
  readonly address: string;
  /** Whether it has `API_KEYS`. Only then Swagger UI has a button for the key, and Postman asks for one. */
  readonly asksForKey: boolean;
}

const securitySchemes = {
  bearer: { type: "http", scheme: "bearer", description: "The key, as `Authorization: Bearer KEY`." },
  header: { type: "apiKey", in: "header", name: "X-API-Key", description: "The key, as `X-API-Key: KEY`." },
};

/** The document that a service gives of itself. */
export function openapiOf({ address, asksForKey }: Service) {
  // The first is what programs take. Postman can't resolve a relative one.
  const servers = [
    { url: address, description: "Where this document was asked for." },
    {
      url: "./",
      description:
        "Next to this document: behind a proxy that has the service under a path and does not say so.",
    },
  ];
  if (!asksForKey) return { ...openapi, servers };
  const { info } = openapi;
  return {
    ...openapi,
    info: { ...info, description: `${info.description}\n\n${howToSendKey(address)}` },
    servers,
    // One of them is enough.
    security: Object.keys(securitySchemes).map((scheme) => ({ [scheme]: [] })),
    components: { ...openapi.components, securitySchemes },
  };
}

function howToSendKey(address: string): string {
  return [
    "**This service asks for a key.** Press Authorize to send it from here; in code, send it in a header:",
    "",
    "```sh",
    `curl ${address}/ -H "Authorization: Bearer $SORTED_API_KEY" --json '{"x1":"3","x2":"1"}'`,
    "```",
  ].join("\n");
}
