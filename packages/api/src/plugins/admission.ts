import fastifyPlugin from "fastify-plugin";
import type { Config } from "../config/config.ts";
import { announcesMoreThan, isWithoutBody } from "../http/request-body.ts";
import { EventLoopLag } from "../load/event-loop-lag.ts";
import { RequestMemory } from "../sorting/request-memory.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether the route is for those who watch the service: always answered, however busy the service is. */
    isProbe?: boolean;
    /** Read by `@fastify/otel`: whether the route is in traces. */
    otel?: boolean;
  }
}

/**
 * Lets in a request if there is memory for its body and it need not wait long. The service tells the others to come
 * back later, before it reads their body.
 */
export const admissionPlugin = fastifyPlugin<{ config: Config }>(
  async (app, { config }) => {
    const lag = new EventLoopLag();
    app.addHook("onClose", async function stopLagTimer() {
      lag.stop();
    });

    /** Refuses a request if requests wait too long in the event loop, unless it is a probe. */
    app.addHook("onRequest", function refuseWhenLate(request, _reply, done) {
      const isLate = lag.milliseconds > config.MAX_WAIT_MILLISECONDS;
      done(isLate && !request.routeOptions.config.isProbe ? app.overload.refuse("event-loop") : undefined);
    });

    /** Acquires memory for the announced body until the answer has left. Without that memory the request is refused. */
    app.addHook("preParsing", function acquireMemory(request, reply, payload, done) {
      if (isWithoutBody(request.raw)) return done(null, payload);
      const memory = new RequestMemory(app.memoryBudget);
      // The length of a body that comes in chunks is not known yet. One that is too long is refused, and needs no
      // memory.
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
