import { ProblemError } from "@sorted/contract";
import fastifyPlugin from "fastify-plugin";

const HOST = "host";

/** The headers by which the form of an answer is negotiated, and how much of each is read. Browsers send 150 characters. */
const NEGOTIATING = ["accept", "accept-encoding"] as const;
const MOST_NEGOTIATING_CHARACTERS = 512;

/** The rules of RFC 9112 for a request's head that Node does not enforce, or enforces without an explanation. */
export const requestHeadPlugin = fastifyPlugin(
  async (app) => {
    /** Refuses a head that breaks the rules of HTTP/1.1, bounds the work for a long one, and answers `OPTIONS *`. */
    app.addHook("onRequest", function checkHead({ method, raw }, reply, done) {
      for (const name of NEGOTIATING) {
        const header = raw.headers[name];
        if (header !== undefined && header.length > MOST_NEGOTIATING_CHARACTERS)
          raw.headers[name] = firstItems(header);
      }
      const coding = raw.headers["transfer-encoding"];
      if (raw.httpVersion === "1.1" && hostCount(raw.rawHeaders) !== 1) {
        done(new ProblemError("BAD_REQUEST", "a request must have exactly one Host header"));
      } else if (coding !== undefined && !/^chunked$/i.test(coding)) {
        done(new ProblemError("BAD_REQUEST", "the only transfer coding that the service knows is chunked"));
      } else if (raw.url !== "*") {
        done();
      } else if (method === "OPTIONS") {
        reply.code(204).send();
      } else {
        done(new ProblemError("BAD_URL", "only OPTIONS can have the target *; send numbers to /"));
      }
    });
  },
  { name: "request-head" },
);

/** Cuts a list before the item that is beyond what is read. Negotiation takes a time that grows with the square of its length. */
function firstItems(list: string): string {
  return list.slice(0, Math.max(0, list.lastIndexOf(",", MOST_NEGOTIATING_CHARACTERS)));
}

/** @param rawHeaders names and values in turn */
function hostCount(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === HOST.length && name.toLowerCase() === HOST) count += 1;
  }
  return count;
}
