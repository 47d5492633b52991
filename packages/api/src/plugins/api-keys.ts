import { hash, timingSafeEqual } from "node:crypto";
import { ProblemError } from "@sorted/contract";
import type { FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** The hash of the key in a request; undefined if the request has no known key. */
    keyOf(request: FastifyRequest): string | undefined;
    /** Does nothing if the service has no `API_KEYS`. @throws {ProblemError} UNAUTHORIZED */
    requireKey(request: FastifyRequest): void;
  }
}

/** Recognizes clients by their keys. The service knows only the hashes of the keys. */
export const apiKeysPlugin = fastifyPlugin<{ hashes: readonly string[] }>(
  async (app, { hashes }) => {
    const known = hashes.map((hex) => Buffer.from(hex, "hex"));
    const keyOf = (request: FastifyRequest) => {
      const key = known.length > 0 ? givenKey(request) : undefined;
      if (key === undefined) return undefined;
      const given = hash("sha256", key, "buffer");
      // Compares with every key, each in constant time, so that the time tells nothing about the keys.
      return known
        .filter((one) => timingSafeEqual(one, given))
        .at(0)
        ?.toString("hex");
    };
    app.decorate("keyOf", keyOf);
    app.decorate("requireKey", (request) => {
      if (known.length === 0 || keyOf(request) !== undefined) return;
      throw new ProblemError("UNAUTHORIZED", "send a valid key in the header Authorization: Bearer KEY");
    });
  },
  { name: "api-keys" },
);

function givenKey({ headers }: FastifyRequest): string | undefined {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return bearer ?? headers["x-api-key"]?.toString();
}
