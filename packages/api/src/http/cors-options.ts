import type { FastifyCorsOptions } from "@fastify/cors";

const DAY_SECONDS = 86_400;

/** Pages of other origins may do everything that the service does, and read every header of its answers. */
export function corsOptions(origins: readonly string[]): FastifyCorsOptions {
  return {
    origin: [...origins],
    methods: ["GET", "HEAD", "POST", "QUERY"],
    exposedHeaders: [
      "Numbers-Read",
      "Retry-After",
      "Server-Timing",
      "WWW-Authenticate",
      "X-Request-Id",
      "RateLimit-Limit",
      "RateLimit-Remaining",
      "RateLimit-Reset",
    ],
    maxAge: DAY_SECONDS,
    // Our own answer to OPTIONS also has the header Allow, and is for every client.
    preflightContinue: true,
    strictPreflight: false,
  };
}
