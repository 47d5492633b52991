import fastifyPlugin from "fastify-plugin";
import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { LogOutput } from "../telemetry/log-output.ts";
import { RequestDurations } from "../telemetry/request-durations.ts";

declare module "fastify" {
  interface FastifyInstance {
    readonly metrics: Registry;
    /** What the service has sorted since it started. */
    readonly work: { numbers: number; bytes: number };
  }
}

interface Options {
  readonly isOn: boolean;
  readonly log: LogOutput | undefined;
}

/** Counts the work that is done. What others count already is read only when someone asks for the metrics. */
export const metricsPlugin = fastifyPlugin<Options>(
  async (app, { isOn, log }) => {
    const registry = new Registry();
    const registers = [registry];
    const work = { numbers: 0, bytes: 0 };
    app.decorate("metrics", registry);
    app.decorate("work", work);
    if (!isOn) return;
    collectDefaultMetrics({ register: registry });

    const durations = new RequestDurations(registry);
    /** Records how long the request took, when its answer has left. */
    app.addHook("onRequest", function measureDuration(request, { raw }, done) {
      // Not the hook `onResponse`: for it, Fastify listens to more than this event and keeps a clock of its own.
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
    counter(
      "sorted_log_lines_dropped_total",
      "Lines of the log that could not be written.",
      () => log?.dropped ?? 0,
    );
    gauge("sorted_workers", "Processes that serve requests.", () => 1);
    gauge(
      "sorted_memory_admitted_bytes",
      "Memory that bodies in flight have acquired.",
      () => app.memoryBudget.bodies.acquired,
    );
    gauge(
      "sorted_memory_budget_bytes",
      "Memory that bodies in flight may acquire together.",
      () => app.memoryBudget.bodies.total,
    );
    new Counter({
      name: "sorted_shed_total",
      help: "Requests and connections that the service turned away because it was too busy, by reason.",
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
