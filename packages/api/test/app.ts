import { Writable } from "node:stream";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import type { Test } from "tap";
import { buildApp } from "../src/app.ts";
import { readConfig } from "../src/config/config.ts";

/** A log that a test can read. */
export class Log extends Writable {
  readonly lines: { readonly [key: string]: unknown }[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    for (const line of chunk.toString().trim().split("\n")) this.lines.push(JSON.parse(line));
    done();
  }
}

/** So that a busy machine does not count as overload. */
export const PATIENT = {
  MAX_WAIT_MILLISECONDS: "60000",
  SORT_TIMEOUT_SECONDS: "600",
  BODY_TIMEOUT_SECONDS: "600",
};

/** The service with these settings, closed at the end of the test. */
export async function testApp(
  t: Test,
  settings: NodeJS.ProcessEnv = {},
  log?: Log,
): Promise<FastifyInstance> {
  const config = readConfig({ LOG_LEVEL: log ? "info" : "silent", ...PATIENT, ...settings });
  const app = await buildApp(config, { logStream: log });
  t.teardown(() => app.close());
  return app;
}

/** The service on a real socket; returns its port on 127.0.0.1 too. */
export async function listeningApp(t: Test, settings: NodeJS.ProcessEnv = {}, log?: Log) {
  const app = await testApp(t, settings, log);
  const address = await app.listen({ host: "127.0.0.1", port: 0 });
  return { app, port: Number(new URL(address).port) };
}

/** Posts a body as JSON, unless the headers say otherwise. */
export function post(
  app: FastifyInstance,
  body: string | Buffer,
  { path = "/", headers = {} }: { path?: string; headers?: InjectOptions["headers"] } = {},
): Promise<LightMyRequestResponse> {
  const type = { "content-type": "application/json" };
  return app.inject({ method: "POST", url: path, headers: { ...type, ...headers }, payload: body });
}
