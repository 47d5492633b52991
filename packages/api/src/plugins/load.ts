import fastifyPlugin from "fastify-plugin";
import { Overload } from "../load/overload.ts";
import type { MemoryBudget } from "../sorting/memory-budget.ts";
import type { RequestMemory } from "../sorting/request-memory.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly overload: Overload;
    /** The memory that all requests share. */
    readonly memoryBudget: MemoryBudget;
  }
  interface FastifyRequest {
    /** The part of it that the request holds; undefined if the request has no body. */
    memory: RequestMemory | undefined;
  }
}

interface Options {
  readonly budget: MemoryBudget;
  readonly maxConnections: number;
}

/** The memory and the limits for requests, and the count of refused ones, for the hooks of other plugins. */
export const loadPlugin = fastifyPlugin<Options>(
  async (app, { budget, maxConnections }) => {
    const overload = new Overload();
    app.decorate("overload", overload);
    app.decorate("memoryBudget", budget);
    app.decorateRequest("memory", undefined);

    app.server.maxConnections = maxConnections;
    // Without this, a full worker passes a connection to the next one. If all are full, they pass it on without end.
    Object.assign(app.server, { dropMaxConnection: true });
    app.server.on("drop", () => overload.count("connections"));
  },
  { name: "load" },
);
