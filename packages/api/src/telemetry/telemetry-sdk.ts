/** What is loaded of OpenTelemetry, when it is wanted. */
import { FastifyOtelInstrumentation } from "@fastify/otel";
import { NodeSDK } from "@opentelemetry/sdk-node";
import type { FastifyPluginCallback } from "fastify";

/** Traces of requests, on their way to a collector. */
export interface Telemetry {
  /** Makes a span of each request; to be registered before anything else. */
  readonly plugin: FastifyPluginCallback;
  /** Sends what has not been sent yet. */
  shutdown(): Promise<void>;
}

/** Starts the SDK, which reads its settings from the environment itself. */
export function start(): Telemetry {
  const instrumentation = new FastifyOtelInstrumentation({
    // A span for each request is enough; its hooks are many, and quick.
    instrumentHooks: false,
    instrumentHandler: false,
    // What is wrong with a body may quote it.
    recordExceptions: false,
    // The query string may have numbers in it.
    requestHook: (span, { url }) => span.setAttribute("url.path", url.split("?", 1).join()),
  });
  const sdk = new NodeSDK({
    serviceName: process.env["OTEL_SERVICE_NAME"] ?? "sorted",
    instrumentations: [instrumentation],
    metricReaders: [],
    logRecordProcessors: [],
  });
  sdk.start();
  return { plugin: instrumentation.plugin(), shutdown: () => sdk.shutdown() };
}
