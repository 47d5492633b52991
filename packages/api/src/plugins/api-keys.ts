import { hash, timingSafeEqual } from "node:crypto";
import { ProblemError } from "@sorted/contract";
import type { FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** The hash of the key that a request comes with; undefined where it has none that is known. */
    keyOf(request: FastifyRequest): string | undefined;
    /** Does nothing where everyone is welcome. @throws {ProblemError} UNAUTHORIZED */
    requireKey(request: FastifyRequest): void;
  }
}

/** Knows clients by their keys, of which the service only has hashes. */
export const apiKeysPlugin = fastifyPlugin<{ hashes: readonly string[] }>(
  async (app, { hashes }) => {
    const known = hashes.map((hex) => Buffer.from(hex, "hex"));
    const keyOf = (request: FastifyRequest) => {
      const key = known.length > 0 ? givenKey(request) : undefined;
      if (key === undefined) return undefined;
      const given = hash("sha256", key, "buffer");
      // All are compared, each in the same time.
      return known
        .filter((one) => timingSafeEqual(one, given))
        .at(0)
        ?.toString("hex");
    };
    app.decorate("keyOf", keyOf);
    app.decorate("requireKey", (request) => {
      if (known.length === 0 || keyOf(request) !== undefined) return;
      throw new ProblemError("UNAUTHORIZED", "send a key that is known: Authorization: Bearer KEY");
    });
  },
  { name: "api-keys" },
);

function givenKey({ headers }: FastifyRequest): string | undefined {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return bearer ?? headers["x-api-key"]?.toString();
}
