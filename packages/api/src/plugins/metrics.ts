import cluster from "node:cluster";
import fastifyPlugin from "fastify-plugin";
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { RequestDurations } from "../telemetry/request-durations.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly metrics: Registry;
    /** What was sorted since the start. */
    readonly work: { numbers: number; bytes: number };
  }
}

/** Counts what is done; what is counted elsewhere anyway is asked for only when someone looks. */
export const metricsPlugin = fastifyPlugin<{ isOn: boolean }>(
  async (app, { isOn }) => {
    const registry = new Registry();
    const registers = [registry];
    const work = { numbers: 0, bytes: 0 };
    app.decorate("metrics", registry);
    app.decorate("work", work);
    if (!isOn) return;
    if (cluster.isWorker) {
      // Made, it answers the process that collects the metrics of all.
      new AggregatorRegistry();
      AggregatorRegistry.setRegistries(registry);
    }
    collectDefaultMetrics({ register: registry });

    const durations = new RequestDurations(registry);
    /** Notes how long the request takes, when its answer has left. */
    app.addHook("onRequest", function measureDuration(request, { raw }, done) {
      // Not by the hook `onResponse`, for which Fastify listens to more than this event, and keeps a clock of its own.
      raw.once("finish", () => {
        const seconds = (performance.now() - request.startedAt) / 1000;
        durations.add(request.routeOptions.url ?? "none", raw.statusCode, seconds);
      });
      done();
    });

    const counter = (name: string, help: string, value: () => number) =>
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset();
          this.inc(value());
        },
      });
    const gauge = (name: string, help: string, value: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(value());
        },
      });
    counter("sorted_numbers_total", "Numbers in sorted answers.", () => work.numbers);
    counter("sorted_body_bytes_total", "Bytes of bodies that were sorted.", () => work.bytes);
    gauge("sorted_workers", "Processes that serve.", () => 1);
    gauge(
      "sorted_memory_admitted_bytes",
      "Memory that bodies in flight are allowed.",
      () => app.memoryBudget.bodies.acquired,
    );
    gauge(
      "sorted_memory_budget_bytes",
      "Memory that bodies in flight may be allowed.",
      () => app.memoryBudget.bodies.total,
    );
    new Counter({
      name: "sorted_shed_total",
      help: "Requests and connections that were turned away because there was too much to do, by what was lacking.",
      labelNames: ["reason"],
      registers,
      collect() {
        this.reset();
        for (const [reason, count] of app.overload.shed) this.inc({ reason }, count);
      },
    });
  },
  { name: "metrics", dependencies: ["load", "request-clock"] },
);
