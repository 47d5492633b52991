import { hash, timingSafeEqual } from "node:crypto";
import { ProblemError } from "@sorted/contract";
import type { FastifyRequest } from "fastify";
import fastifyPlugin from "fastify-plugin";

declare module "fastify" {
  interface FastifyInstance {
    /** The hash of the key in a request; undefined if the request has no known key. */
    keyOf(request: FastifyRequest): string | undefined;
    /** Why a request may not use what needs a key; undefined if it has one, or the service has no `API_KEYS`. */
    keyProblem(request: FastifyRequest): ProblemError | undefined;
    /** @throws {ProblemError} UNAUTHORIZED if there is a `keyProblem` */
    requireKey(request: FastifyRequest): void;
  }
}

const HOW_TO_SEND = "send a key in the header Authorization: Bearer KEY, or X-API-Key: KEY";

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
    const keyProblem = (request: FastifyRequest) => {
      if (known.length === 0 || keyOf(request) !== undefined) return undefined;
      const found = sendsKey(request) ? "the service does not know this key" : "the request has no key";
      return new ProblemError("UNAUTHORIZED", `${found}; ${HOW_TO_SEND}`);
    };
    app.decorate("keyProblem", keyProblem);
    app.decorate("requireKey", (request) => {
      const problem = keyProblem(request);
      if (problem !== undefined) throw problem;
    });
  },
  { name: "api-keys" },
);

/** The header `WWW-Authenticate` of a refusal (RFC 6750, section 3): it tells a wrong key from none. */
export function challenge(request: FastifyRequest): string {
  return sendsKey(request) ? 'Bearer realm="Sorted", error="invalid_token"' : 'Bearer realm="Sorted"';
}

function sendsKey({ headers }: FastifyRequest): boolean {
  return headers.authorization !== undefined || headers["x-api-key"] !== undefined;
}

function givenKey({ headers }: FastifyRequest): string | undefined {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return bearer ?? headers["x-api-key"]?.toString();
}
