import { buildApp } from "../src/app.ts";
import { readConfig } from "../src/config/config.ts";

/** How to run and watch the service: `docs/operations.md`. The metrics are those of a running service. */
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

How to run the service, watch it, and act on what you see. This document is made from the source, like the
[settings](settings.md) and the [errors](errors.md).

## Endpoints

| path | for whom | notes |
|---|---|---|
| \`/\` | clients, and people, who see a page | with \`API_KEYS\` sorting needs a key |
| \`/docs\`, \`/openapi.json\` | people, and generators of clients | the reference of the API |
| \`/healthz\` | what restarts the service | 200 while it is alive |
| \`/readyz\` | load balancers | 200 from the end of start-up until SIGTERM, then 503; never fails for load |
| \`/metrics\` | Prometheus | the sum of all processes; with \`API_KEYS\` it needs a key |
| \`/errors\` | people | what each error means |

The service always answers \`/healthz\`, \`/readyz\` and \`/metrics\`, however busy it is, and on connections of their own
when others have all of \`MAX_CONNECTIONS\`. They have no rate limit and make no traces. Everybody who reaches the service can read \`/metrics\`, unless \`API_KEYS\` or \`METRICS=false\` is set or the load
balancer refuses it, as those of [AWS](aws.md#settings) and [Azure](azure.md#settings) do. A load balancer must also refuse paths with encoded
characters, as \`/%6Detrics\` is the same path. \`pnpm smoke\` says whether \`/metrics\` answers.

## Processes and memory

\`WORKERS\` processes share the port. The container starts one for each processor, but no more than there is memory for, at
256 MiB each. With several workers, one more process starts them, replaces those that die or hang, and collects metrics and
rate limits. Workers sort bodies over 64 KiB in threads.

Each process has a memory budget, which follows from the memory of the container (\`MEMORY_BYTES\`) and the number of
processes. A body takes 8 bytes of it for each byte that has come, and at least 8 KiB, until its answer has left. What is
only announced takes nothing, and neither does a body that the path does not take or whose client has no valid key. An
eighth more is only for bodies up to 64 KiB, so that large ones don't shut them out. Numbers have a second budget of the
same size, which they use only while they are sorted. If a body does not fit when it is announced, the service answers with
503 before it reads the body; if there is no more room while it comes, then. The service does not start if \`MAX_BODY_BYTES\` or \`MAX_NUMBERS\` is so large
that a request could never fit. After a burst of large bodies a process keeps the memory that it sorted them in, until
other bodies need the room, or until nobody has used it for half a minute to a minute.

## When the service is too busy

The service answers new requests at once with \`503 OVERLOADED\` and \`Retry-After\`. It finishes those that it has accepted.
\`sorted_shed_total\` says why:

| reason | what happened | what helps |
|---|---|---|
| \`memory\` | there was no room for another body | more memory, or a smaller \`MAX_BODY_BYTES\` |
| \`threads\` | another large body would wait longer than \`MAX_WAIT_MILLISECONDS\` | more processors, more replicas |
| \`thread-start\` | the system let no thread start for a large body; the log says why | higher limits of threads and of open files |
| \`event-loop\` | requests waited longer than that for the event loop | more processes or replicas |
| \`timeout\` | a large body was not sorted within \`SORT_TIMEOUT_SECONDS\` | smaller \`MAX_BODY_BYTES\`, more processors |
| \`connections\` | a request came on a connection above \`MAX_CONNECTIONS\`, or thousands of requests waited for earlier ones on their connections | a load balancer that shares connections; more replicas |

The service recovers by itself.

## Stop

On SIGTERM \`/readyz\` starts to fail. For \`SHUTDOWN_DELAY_SECONDS\` the service still answers requests, and closes each
connection after the answer. Then it closes the port. Requests in flight, and answers that clients are still reading, have
\`GRACE_SECONDS\` to finish. The process ends with status 0 when the last byte of the last answer has left. After that time
it cuts off the others, says in the log how many, and ends with status 1. It ends at once with status 1 on a second signal.

## When something fails

| fault | what happens | what a client sees | test |
|---|---|---|---|
| SIGTERM while clients read | their answers have \`GRACE_SECONDS\` to leave | a whole answer | [stop](../packages/api/system/stop.test.ts) |
| SIGTERM while clients never read | after that time the log says how many connections were cut off; status 1 | a cut answer | [stop](../packages/api/system/stop.test.ts) |
| the log can't be written: a full disk, a pipe that nobody reads or that is closed | the service drops lines, and counts them in \`sorted_log_lines_dropped_total\` | nothing | [log](../packages/api/system/log.test.ts) |
| no thread can start, at a limit of threads (EAGAIN) or of open files (EMFILE) | the log says so; the next large body tries again | 503 for bodies over 64 KiB | [sort-threads](../packages/api/system/sort-threads.test.ts) |
| the clock jumps by a day | time limits go by monotonic time | nothing, but for the date of answers | [clock](../packages/api/system/clock.test.ts) |
| the process may open no more files (EMFILE), though \`MAX_CONNECTIONS\` is checked at the start | it closes new connections at once; the others go on | a closed connection | [open-files](../packages/api/system/open-files.test.ts), [config](../packages/api/test/config/config.test.ts) |
| sorts take longer than \`SORT_TIMEOUT_SECONDS\`, one after the other | their threads end, and their memory is free | 503 | [sort-service](../packages/api/test/sorting/sort-service.test.ts) |
| a worker dies, also because there is no memory left | the primary process starts another one, and says so in the log | a reset connection, if that worker had its request | [workers](../packages/api/system/workers.test.ts) |
| a worker hangs | the same after \`WORKER_TIMEOUT_SECONDS\`; until then \`/metrics\` leaves it out | no answer until then, if that worker had its request | [workers](../packages/api/system/workers.test.ts) |
| the primary process dies | its workers end at once, and the port is free | a reset connection | [workers](../packages/api/system/workers.test.ts) |
| clients send heads or bodies slowly, or read slowly (slowhttptest) | their connections are closed after the time limits | 408, or a cut answer | [slow-clients](../packages/api/system/slow-clients.test.ts) |
| a client announces a body and does not send it | it holds a connection and no memory | 408 | [slow-bodies](../packages/api/test/http/slow-bodies.test.ts) |
| a client sends a body more slowly than \`MIN_BODY_BYTES_PER_SECOND\` for \`BODY_TIMEOUT_SECONDS\` | its connection is closed, and its memory is free | 408 | [slow-bodies](../packages/api/test/http/slow-bodies.test.ts) |
| large bodies take all memory for bodies | small ones have a share of their own | 503 for another large one | [held-memory](../packages/api/test/http/held-memory.test.ts) |
| a long body comes where none is taken, such as \`/healthz\` | it is not kept, and the connection is closed | the usual answer | [held-memory](../packages/api/test/http/held-memory.test.ts) |
| a body comes in chunks of one byte | they are copied together | the usual answer | [pieces](../packages/api/test/sorting/pieces.test.ts) |
| a client reads less than \`MIN_ANSWER_BYTES_PER_SECOND\` for \`ANSWER_TIMEOUT_SECONDS\` | its connection is closed, and its memory is free | a cut answer | [slow-readers](../packages/api/test/http/slow-readers.test.ts) |
| clients hold all of \`MAX_CONNECTIONS\` | probes are still answered, also beside 20,000 idle connections | 503, or a closed connection | [slow-clients](../packages/api/system/slow-clients.test.ts) |
| a client closes its half of the connection after its request | the service answers, then closes the other half | the whole answer | [socket](../packages/api/test/http/socket.test.ts) |
| a body needs a large window, or holds nothing (gzip, zstd, deflate, br) | it is refused | 400 or 413 | [compression](../packages/api/test/http/compression.test.ts) |
| long \`X-Forwarded-For\`, \`Accept\` or \`Accept-Encoding\` | the service reads 10 addresses, 512 characters | the usual answer | [clients](../packages/api/test/http/clients.test.ts), [http](../packages/api/test/http/http.test.ts) |
| HTTP/2 that breaks the rules (h2spec) reaches HAProxy | HAProxy refuses it | HAProxy's error | [h2spec](../packages/api/system/h2spec.test.ts) |
| a client hangs up | its memory is free when the sort is over; no error in the log | | [large](../packages/api/test/sorting/large.test.ts) |

## Keys and limits

A key is random text, as from \`openssl rand -hex 32\`: a hash is no protection for one that can be guessed. The service has
only the hash: \`printf %s "$KEY" | sha256sum\`. To change a key, set both hashes, and later only the new one. The page,
\`/docs\`, \`/openapi.json\` and \`/errors\` need no key, as browsers can't send one.

\`RATE_LIMIT_REQUESTS\` counts by key, or else by the address of the connection. Behind a proxy that is the proxy's address, so
name the proxy's network in \`TRUSTED_PROXIES\`. All processes of a replica count together; each replica counts for itself.

## Logs and traces

The log is one JSON object a line, on standard output. On a terminal the service prints a greeting instead, then warnings
and errors. A request has a \`requestId\`, and its answer has the same in \`X-Request-Id\`: the trace id of \`traceparent\` if the
client sent one. The log has no body, number, query string or key. \`LOG_REQUESTS=true\` adds a line for each request.

If you set \`OTEL_EXPORTER_OTLP_ENDPOINT\` (or \`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT\`, or \`OTEL_TRACES_EXPORTER\`), OpenTelemetry
sends a span for each request. The other variables of its specification work too. Otherwise the service does not load its
SDK.

The \`Server-Timing\` header of an answer says how many milliseconds the service took to receive the request and to work on
it.

## What to watch

| sign | meaning |
|---|---|
| \`sorted_shed_total\` rises | see above |
| \`http_request_duration_seconds_count\` with status 500 rises | the service has a bug; the log has the error, level 50 |
| \`nodejs_eventloop_lag_p99_seconds\` over 0.1 | too many small requests for its processes |
| \`sorted_memory_admitted_bytes\` near \`sorted_memory_budget_bytes\` | large bodies fill the memory |
| \`sorted_workers\` below \`WORKERS\`, "a worker died" in the log | something killed a process, mostly for its memory |
| \`sorted_log_lines_dropped_total\` rises | the log can't be written, or its reader is too slow |
| \`http_request_duration_seconds\` with status 429 | clients reach their limit |

## Metrics

| metric | meaning |
|---|---|
`;

const BELOW = `
Gauges are sums over all processes, except those of the event loop: they are averages, minima or maxima, as their names
say. \`sorted_numbers_total\` leaves out the few inputs that the kernel declines.
`;
