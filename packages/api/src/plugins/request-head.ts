import fastifyPlugin from "fastify-plugin";
import { ProblemError } from "../problems.ts";

/** What RFC 9112 asks of the head of a request, and Node leaves open or answers without a word. */
export const requestHeadPlugin = fastifyPlugin(async (app) => {
  app.addHook("onRequest", async ({ method, raw }, reply) => {
    const hosts = raw.rawHeaders.filter((name, i) => i % 2 === 0 && /^host$/i.test(name));
    if (raw.httpVersion === "1.1" && hosts.length !== 1) {
      throw new ProblemError("BAD_REQUEST", "a request needs one header Host");
    }
    if (!/^chunked$/i.test(raw.headers["transfer-encoding"] ?? "chunked")) {
      throw new ProblemError("BAD_REQUEST", "the only transfer coding that is understood is chunked");
    }
    if (raw.url === "*") {
      if (method === "OPTIONS") return reply.code(204).send();
      throw new ProblemError("BAD_URL", "* is for OPTIONS only; numbers go to /");
    }
  });
});
