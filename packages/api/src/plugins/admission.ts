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

    /** Refuses a request if there is no memory for its body now. The body acquires it as it comes, until the answer has left. */
    app.addHook("preParsing", function prepareMemory(request, reply, payload, done) {
      if (!request.routeOptions.config.takesBody || isWithoutBody(request.raw)) return done(null, payload);
      // The length of a body that comes in chunks is not known yet. One that is too long is refused for that.
      const isTooLong = announcesMoreThan(config.MAX_BODY_BYTES, request.headers);
      const announcedBytes = isTooLong ? 0 : Number(request.headers["content-length"] ?? 0);
      if (!app.memoryBudget.hasRoomForBody(announcedBytes)) return done(app.overload.refuse("memory"));
      const memory = new RequestMemory(app.memoryBudget);
      request.memory = memory;
      reply.raw.on("close", () => memory.release());
      done(null, payload);
    });
  },
  { name: "admission", dependencies: ["load"] },
);
