import { extname } from "node:path";
import type { Telemetry } from "./telemetry-sdk.ts";

/** Any of these asks for traces. OpenTelemetry's specification says what they and other variables mean. */
const SWITCHES = [
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
  "OTEL_TRACES_EXPORTER",
] as const;

/** Starts OpenTelemetry if the environment asks for it. Otherwise nothing of it is loaded. */
export async function startTelemetry(environment: NodeJS.ProcessEnv): Promise<Telemetry | undefined> {
  const isWanted = SWITCHES.some((name) => environment[name]);
  if (!isWanted || environment["OTEL_TRACES_EXPORTER"] === "none") return undefined;
  if (environment["OTEL_SDK_DISABLED"]?.toLowerCase() === "true") return undefined;
  // In a bundle this file is next to it, as JavaScript.
  const sdk: typeof import("./telemetry-sdk.ts") = await import(
    new URL(`./telemetry-sdk${extname(import.meta.filename)}`, import.meta.url).href
  );
  return sdk.start();
}
