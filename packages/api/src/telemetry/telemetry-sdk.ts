/** The part of OpenTelemetry that is loaded only when the environment asks for traces. */
import { FastifyOtelInstrumentation } from "@fastify/otel";
import { NodeSDK } from "@opentelemetry/sdk-node";
import type { FastifyPluginCallback } from "fastify";

/** Traces of requests, sent to a collector. */
export interface Telemetry {
  /** Makes a span of each request. Register it before anything else. */
  readonly plugin: FastifyPluginCallback;
  /** Sends what has not been sent yet. */
  shutdown(): Promise<void>;
}

/** Starts the SDK, which reads its settings from the environment itself. */
export function start(): Telemetry {
  const instrumentation = new FastifyOtelInstrumentation({
    // A span for each request is enough. The hooks are many, and quick.
    instrumentHooks: false,
    instrumentHandler: false,
    // An error about a body may quote it.
    recordExceptions: false,
    // The query string may hold numbers.
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
