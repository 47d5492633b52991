import fastifyPlugin from "fastify-plugin";
import type { Config } from "../config/config.ts";
import { announcesMoreThan, isWithoutBody } from "../http/request-body.ts";
import { Allowance } from "../load/allowance.ts";
import { EventLoopLag } from "../load/event-loop-lag.ts";
import { bodyMemoryBytes, halfBudgetBytes } from "../load/memory-limits.ts";
import { Overload } from "../load/overload.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether the route is for those who watch the service: answered whatever there is to do, and without limit. */
    isProbe?: boolean;
    /** Read by `@fastify/otel`: whether the route is in traces. */
    otel?: boolean;
  }
  interface FastifyInstance {
    readonly overload: Overload;
    /** Memory for bodies in flight. */
    readonly bodyMemory: Allowance;
  }
  interface FastifyRequest {
    /** What the body may take; undefined where there is none. */
    admission: Admission | undefined;
  }
}

/** The part of the memory for bodies that one body has. */
class Admission {
  readonly #memory: Allowance;
  #bodyBytes = 0;
  #isOver = false;

  constructor(memory: Allowance) {
    this.#memory = memory;
  }

  /** Takes what is lacking for a body of so many bytes; returns false where there is not so much. */
  growTo(bodyBytes: number): boolean {
    const more = bodyBytes - this.#bodyBytes;
    if (more <= 0 || this.#isOver) return true;
    if (!this.#memory.tryTake(bodyMemoryBytes(more))) return false;
    this.#bodyBytes = bodyBytes;
    return true;
  }

  /** Gives back what the body has; may be called again. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#memory.give(bodyMemoryBytes(this.#bodyBytes));
  }
}

/**
 * Lets in what can be done: a body for which there is memory, a request that need not wait long. Others are told at once
 * to come back, before their body is read.
 */
export const admissionPlugin = fastifyPlugin<{ config: Config }>(async (app, { config }) => {
  const memory = new Allowance(halfBudgetBytes(config.processMemoryBytes));
  const overload = new Overload();
  const lag = new EventLoopLag();
  app.addHook("onClose", async () => lag.stop());
  app.decorate("overload", overload);
  app.decorate("bodyMemory", memory);
  app.decorateRequest("admission", undefined);

  app.addHook("onRequest", (request, _reply, done) => {
    const isLate = lag.milliseconds > config.MAX_WAIT_MILLISECONDS;
    done(isLate && !request.routeOptions.config.isProbe ? overload.refuse("event-loop") : undefined);
  });

  app.addHook("preParsing", (request, reply, payload, done) => {
    if (isWithoutBody(request.raw)) return done(null, payload);
    const admission = new Admission(memory);
    // Of a body that comes in chunks the length shows only then; one that is too long is refused, and needs nothing.
    const announcedBytes = announcesMoreThan(config.MAX_BODY_BYTES, request.headers)
      ? 0
      : Number(request.headers["content-length"] ?? 0);
    if (!admission.growTo(announcedBytes)) return done(overload.refuse("memory"));
    request.admission = admission;
    reply.raw.on("close", () => admission.end());
    done(null, payload);
  });

  app.server.maxConnections = config.MAX_CONNECTIONS;
  // Else one of several processes would hand it on, and so would the next, as long as all have as many as they may.
  Object.assign(app.server, { dropMaxConnection: true });
  app.server.on("drop", () => overload.count("connections"));
});
