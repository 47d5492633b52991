import type { IncomingMessage, ServerResponse } from "node:http";
import { ProblemError } from "@sorted/contract";
import fastifyPlugin from "fastify-plugin";
import { announcesMoreThan } from "../http/request-body.ts";

/**
 * `Expect: 100-continue` (RFC 9110, section 10.1.1). Node would say "100 Continue" before it asks any route. This
 * plugin never asks the client for a body that will be refused.
 */
export const expectContinuePlugin = fastifyPlugin<{ maxBodyBytes: number }>(
  async (app, { maxBodyBytes }) => {
    const waiting = new WeakSet<IncomingMessage>();
    const refused = new WeakSet<IncomingMessage>();
    const passOn =
      (expecting: WeakSet<IncomingMessage>) => (request: IncomingMessage, response: ServerResponse) => {
        expecting.add(request);
        app.server.emit("request", request, response);
      };
    app.server.on("checkContinue", passOn(waiting));
    app.server.on("checkExpectation", passOn(refused));

    /** Refuses an `Expect` that is not `100-continue`. */
    app.addHook("onRequest", function refuseExpectation({ raw }, _reply, done) {
      const isRefused = raw.headers.expect !== undefined && refused.has(raw);
      done(
        isRefused
          ? new ProblemError(
              "EXPECTATION_FAILED",
              "the only value of the Expect header that the service knows is 100-continue",
            )
          : undefined,
      );
    });
    /** Asks for the body if the client waits for `100 Continue`. */
    app.addHook("preParsing", function sendContinue({ raw, headers }, reply, payload, done) {
      if (headers.expect !== undefined && waiting.has(raw) && !announcesMoreThan(maxBodyBytes, headers))
        reply.raw.writeContinue();
      done(null, payload);
    });
  },
  { name: "expect-continue", dependencies: ["admission"] },
);
