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
    /** The part of it that the request holds; undefined if the request has no body that its route takes. */
    memory: RequestMemory | undefined;
  }
}

/** The memory and the limits for requests, and the count of refused ones, for the hooks of other plugins. */
export const loadPlugin = fastifyPlugin<{ budget: MemoryBudget }>(
  async (app, { budget }) => {
    const overload = new Overload();
    app.decorate("overload", overload);
    app.decorate("memoryBudget", budget);
    app.decorateRequest("memory", undefined);
  },
  { name: "load" },
);
