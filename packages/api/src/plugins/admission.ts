import fastifyPlugin from "fastify-plugin";
import type { Config } from "../config/config.ts";
import { announcesMoreThan, isWithoutBody } from "../http/request-body.ts";
import { EventLoopLag } from "../load/event-loop-lag.ts";
import { RequestMemory } from "../sorting/request-memory.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether the route is for those who watch the service: answered whatever there is to do, and without limit. */
    isProbe?: boolean;
    /** Read by `@fastify/otel`: whether the route is in traces. */
    otel?: boolean;
  }
}

/**
 * Lets in what can be done: a body for which there is memory, a request that need not wait long. Others are told at once
 * to come back, before their body is read.
 */
export const admissionPlugin = fastifyPlugin<{ config: Config }>(
  async (app, { config }) => {
    const lag = new EventLoopLag();
    app.addHook("onClose", async function stopLagTimer() {
      lag.stop();
    });

    /** Refuses a request when requests wait too long in the event loop, unless it is a probe. */
    app.addHook("onRequest", function refuseWhenLate(request, _reply, done) {
      const isLate = lag.milliseconds > config.MAX_WAIT_MILLISECONDS;
      done(isLate && !request.routeOptions.config.isProbe ? app.overload.refuse("event-loop") : undefined);
    });

    /** Acquires memory for the body that is announced, until the answer has left; without it the request is refused. */
    app.addHook("preParsing", function acquireMemory(request, reply, payload, done) {
      if (isWithoutBody(request.raw)) return done(null, payload);
      const memory = new RequestMemory(app.memoryBudget);
      // Of a body that comes in chunks the length shows only then; one that is too long is refused, and needs nothing.
      const announcedBytes = announcesMoreThan(config.MAX_BODY_BYTES, request.headers)
        ? 0
        : Number(request.headers["content-length"] ?? 0);
      if (!memory.acquireBody(announcedBytes)) return done(app.overload.refuse("memory"));
      request.memory = memory;
      reply.raw.on("close", () => memory.release());
      done(null, payload);
    });
  },
  { name: "admission", dependencies: ["load"] },
);
