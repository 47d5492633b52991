/** Traces for a collector: when the service sends them, and that they hold nothing that a client has sent. */
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "tap";
import { send } from "../../smoke/send.ts";
import { startServer } from "../process.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
/** Prints which parts of OpenTelemetry are loaded. */
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from "node:module";
   registerHooks({ load(url, context, next) {
     if (/opentelemetry.(sdk|core|instrumentation|exporter)|fastify.otel/.test(url)) console.log("loads " + url);
     return next(url, context);
   } });`,
)}`;

test("a request becomes a span of its trace", async (t) => {
  const received: string[] = [];
  const collector = createServer(async (request, response) => {
    received.push(`${request.url} ${await text(request)}`);
    response.setHeader("content-type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  t.teardown(() => collector.close());
  const address = collector.address();
  const collectorPort = typeof address === "object" ? address?.port : undefined;

  const { server, port } = await startServer(t, {
    NODE_OPTIONS,
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
  });
  const origin = `http://127.0.0.1:${port}`;
  const headers = { traceparent: `00-${TRACE}-00f067aa0ba902b7-01` };
  const answer = await send(origin, { method: "GET", path: "/?x=918273645", headers });
  t.equal(answer.headers["x-request-id"], TRACE);
  await send(origin, { method: "GET", path: "/healthz", headers });
  server.child.kill("SIGTERM");
  t.equal(await server.exits(), 0);

  t.match(server.output, /loads /);
  const spans = received.flatMap((request) => {
    t.match(request, /^\/v1\/traces /);
    return JSON.parse(request.slice("/v1/traces ".length)).resourceSpans[0].scopeSpans[0].spans;
  });
  t.match(spans, [{ traceId: TRACE, parentSpanId: "00f067aa0ba902b7", kind: 2 }]);
  t.equal(spans.length, 1, "probes make none");
  t.notMatch(JSON.stringify(received), /918273645/, "no number leaves");
  t.match(received.join(), /"service.name","value":\{"stringValue":"sorted"/);
});

test("unless it is asked for, nothing of it is loaded", async (t) => {
  for (const settings of [
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", OTEL_SDK_DISABLED: "true" },
  ]) {
    const { server } = await startServer(t, { NODE_OPTIONS, ...settings });
    t.notMatch(server.output, /loads /);
  }
});
