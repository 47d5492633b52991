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
    /** What the request holds of it; undefined where it has no body. */
    memory: RequestMemory | undefined;
  }
}

interface Options {
  readonly budget: MemoryBudget;
  readonly maxConnections: number;
}

/** What there is for requests, and the count of what is turned away: for the hooks of other plugins. */
export const loadPlugin = fastifyPlugin<Options>(
  async (app, { budget, maxConnections }) => {
    const overload = new Overload();
    app.decorate("overload", overload);
    app.decorate("memoryBudget", budget);
    app.decorateRequest("memory", undefined);

    app.server.maxConnections = maxConnections;
    // Else one of several processes would hand it on, and so would the next, as long as all have as many as they may.
    Object.assign(app.server, { dropMaxConnection: true });
    app.server.on("drop", () => overload.count("connections"));
  },
  { name: "load" },
);
