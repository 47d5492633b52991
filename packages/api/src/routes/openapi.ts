import fastifyPlugin from "fastify-plugin";
import { serviceAddress } from "../http/service-address.ts";
import { storedDocument } from "../http/stored-documents.ts";
import { openapiOf } from "../openapi/document.ts";

interface Options {
  readonly asksForKey: boolean;
  readonly isTrustedProxy: (address: string, hop: number) => boolean;
}

/** The document names the address that the client asks, and a client can ask for any. */
const MOST_ADDRESSES = 16;

/** The description of the service for programs; `/docs` shows it. */
export const openapiRoutes = fastifyPlugin<Options>(
  async (app, { asksForKey, isTrustedProxy }) => {
    /** By their addresses. */
    const documents = new Map<string, Buffer>();

    app.get("/openapi.json", { config: { isDocument: true } }, async (request, reply) =>
      reply
        .type("application/json; charset=utf-8")
        .send(documentFor(serviceAddress(request, isTrustedProxy))),
    );

    function documentFor(address: string): Buffer {
      const known = documents.get(address);
      if (known !== undefined) return known;
      const document = storedDocument(JSON.stringify(openapiOf({ address, asksForKey })));
      if (documents.size === MOST_ADDRESSES) documents.clear();
      documents.set(address, document);
      return document;
    }
  },
  { name: "openapi-routes", encapsulate: true },
);
