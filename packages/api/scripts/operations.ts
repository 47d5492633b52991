import { buildApp } from "../src/app.ts";
import { readConfig } from "../src/config/config.ts";

/** How the service is run and watched: `docs/operations.md`. The metrics are those that it really has. */
export async function operationsMarkdown(): Promise<string> {
  const app = await buildApp(readConfig({ LOG_LEVEL: "silent" }));
  const metrics = app.metrics
    .getMetricsAsArray()
    .map(({ name, help }) => [name, help.replace(/\.?$/, ".")] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, help]) => `| \`${name}\` | ${help} |`);
  await app.close();
  return `${ABOVE}${metrics.join("\n")}\n${BELOW}`;
}

const ABOVE = `# Operations

How to run the service, watch it, and what to do when. Made from the source, as are the [settings](settings.md) and the
[errors](errors.md).

## Endpoints

| path | for whom | notes |
|---|---|---|
| \`/\` | clients; people, as a page | with \`API_KEYS\` numbers need a key |
| \`/docs\`, \`/openapi.json\` | people, and what makes clients | the interface |
| \`/healthz\` | whoever restarts it | 200 while it is alive |
| \`/readyz\` | load balancers | 200 from the end of start-up until SIGTERM, then 503; never fails for load |
| \`/metrics\` | Prometheus | of all processes together; with \`API_KEYS\` it needs a key |
| \`/errors\` | people | what each error means |

\`/healthz\`, \`/readyz\` and \`/metrics\` are answered whatever there is to do, have no rate limit and make no traces. Where
\`/metrics\` should not be seen from outside, let the load balancer refuse it, set \`API_KEYS\`, or \`METRICS=false\`.

## Processes and memory

\`WORKERS\` processes share the port; the container has one for each processor, as far as there are 256 MiB for each. One more
starts them, replaces those that die, and collects metrics and rate limits. Bodies over 64 KiB are sorted in threads.

A request is let in against a budget that follows from the memory of the container (\`MEMORY_BYTES\`) and the number of
processes: 8 bytes for each byte of a body, from its first byte until its answer has left. Numbers have as much again,
taken only while they are sorted. What does not fit is answered with 503 before its body is read. A \`MAX_BODY_BYTES\` or
\`MAX_NUMBERS\` for which there would never be room stops the service at its start. After a burst of large bodies a process keeps the
memory that it sorted them in until others need the room, or nobody has used it for half a minute to a minute.

## When there is too much to do

\`503 OVERLOADED\` with \`Retry-After\`, at once, for new requests; those that were let in are finished. Why is in
\`sorted_shed_total\`:

| reason | what was lacking | what helps |
|---|---|---|
| \`memory\` | room for one more body | more memory, or a smaller \`MAX_BODY_BYTES\` |
| \`threads\` | one more large body would wait longer than \`MAX_WAIT_MILLISECONDS\` | more processors, more replicas |
| \`event-loop\` | requests waited longer than that before anything was done for them | more processes or replicas |
| \`timeout\` | a large body was not sorted within \`SORT_TIMEOUT_SECONDS\` | smaller \`MAX_BODY_BYTES\`, more processors |
| \`connections\` | a connection beyond \`MAX_CONNECTIONS\` was closed | a load balancer that shares connections; more replicas |

Nothing has to be done for it to recover.

## Stop

On SIGTERM \`/readyz\` fails; for \`SHUTDOWN_DELAY_SECONDS\` requests are answered as before, on connections that are then closed; the port closes; what is
in flight has \`GRACE_SECONDS\`. The process ends with 0; after the grace, or with a second signal, at once with 1.

## Keys and limits

A key is any secret text; the service has its hash only: \`printf %s "$KEY" | sha256sum\`. To change a key, set both hashes, then only
the new one. \`RATE_LIMIT_REQUESTS\` counts by key, or else by the address that the connection comes from; behind a proxy that would be the proxy's, so
name its network in \`TRUSTED_PROXIES\`. All processes of a replica count together; replicas each by themselves.

## Logs and traces

A JSON object a line, on standard output. A request has a \`requestId\`, which its answer has as \`X-Request-Id\`: the trace id of \`traceparent\`
where one came. No body, number, query string or key is logged. \`LOG_REQUESTS=true\` adds a line a request.

With \`OTEL_EXPORTER_OTLP_ENDPOINT\` (or \`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT\`, or \`OTEL_TRACES_EXPORTER\`) OpenTelemetry sends a span a request; the other
variables of its specification hold too. Otherwise its SDK is not loaded.

\`Server-Timing\` of an answer says how long the service took to receive the request and to work on it, in milliseconds.

## What to watch

| sign | meaning |
|---|---|
| \`sorted_shed_total\` rises | see above |
| \`http_request_duration_seconds_count\` with status 500 rises | a fault of the service; the log has it, level 50 |
| \`nodejs_eventloop_lag_p99_seconds\` over 0.1 | too many small requests for its processes |
| \`sorted_memory_admitted_bytes\` near \`sorted_memory_budget_bytes\` | large bodies fill the memory |
| \`sorted_workers\` below \`WORKERS\`, "a worker has died" in the log | a process was killed, mostly for memory |
| \`http_request_duration_seconds\` with status 429 | clients at their limit |

## Metrics

| metric | meaning |
|---|---|
`;

const BELOW = `
Gauges of several processes are added up, but for the event loop's, which are averages, the smallest or the largest, as their names
say. Numbers are counted where the kernel sorted them, which is everywhere but where it declines an input.
`;
