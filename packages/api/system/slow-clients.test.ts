/** Many clients that hold their connections: the service closes them in time, and is there for probes meanwhile. */
import { once } from "node:events";
import { connect } from "node:net";
import { run, waitFor } from "@sorted/testbed";
import tap, { type Test } from "tap";
import { send } from "../smoke/send.ts";
import { startServer } from "../test/process.ts";

const MAX_CONNECTIONS = 200;
/** What slowhttptest opens in each of its modes. All together are more than the service takes. */
const CONNECTIONS = 100;
const SECONDS = 8;

/** slowhttptest's modes, for a path of the service. */
const MODES: { readonly [name: string]: (origin: string) => readonly string[] } = {
  "slow heads": (origin) => ["-H", "-u", `${origin}/?x=1`],
  "slow bodies": (origin) => ["-B", "-f", "text/plain", "-s", "8192", "-u", `${origin}/`],
  "many ranges": (origin) => ["-R", "-u", `${origin}/docs`],
  "slow reading": (origin) => [
    "-X",
    "-k",
    "10",
    "-w",
    "512",
    "-y",
    "1024",
    "-n",
    "2",
    "-z",
    "32",
    "-u",
    `${origin}/openapi.json`,
  ],
};

async function openFiles(origin: string): Promise<number> {
  const { body } = await send(origin, { method: "GET", path: "/metrics" });
  return Number(/^process_open_fds (\d+)/m.exec(body)?.[1]);
}

/** Asks for a probe again and again, on a new connection each time, until `isOver`. Returns what was not good. */
async function probe(t: Test, origin: string, isOver: () => boolean): Promise<void> {
  const statuses = new Map<number | string, number>();
  while (!isOver()) {
    const status = await send(origin, {
      method: "GET",
      path: "/healthz",
      headers: { connection: "close" },
    }).then((answer) => answer.status, String);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  t.strictSame([...statuses.keys()], [200], `${statuses.get(200)} probes were answered`);
}

tap.test("slowhttptest", async (t) => {
  const { server, port } = await startServer(t, {
    MAX_CONNECTIONS: String(MAX_CONNECTIONS),
    HEADERS_TIMEOUT_SECONDS: "2",
    REQUEST_TIMEOUT_SECONDS: "2",
    KEEP_ALIVE_TIMEOUT_SECONDS: "2",
    ANSWER_TIMEOUT_SECONDS: "2",
  });
  const origin = `http://127.0.0.1:${port}`;
  const filesBefore = await openFiles(origin);
  let isOver = false;
  const common = ["-c", `${CONNECTIONS}`, "-r", "100", "-i", "1", "-l", `${SECONDS}`, "-p", "5"];
  const attacks = Object.entries(MODES).map(async ([name, parameters]) => {
    const output = await run("slowhttptest", [...common, ...parameters(origin)]);
    t.match(output, /service available:.*YES/, name);
    t.notMatch(output, /service available:.*NO/, name);
  });
  await Promise.all([
    probe(t, origin, () => isOver),
    Promise.all(attacks).finally(() => {
      isOver = true;
    }),
  ]);
  await waitFor(
    "all connections to be closed",
    async () => (await openFiles(origin)) <= filesBefore || undefined,
  );
  t.notMatch(server.output, /"level":[56]0/, "nothing is wrong");
});

tap.test("20,000 idle connections", async (t) => {
  const { server, port } = await startServer(t);
  const origin = `http://127.0.0.1:${port}`;
  const filesBefore = await openFiles(origin);
  let opened = 0;
  await Promise.all([
    probe(t, origin, () => opened === 20_000),
    (async () => {
      while (opened < 20_000) {
        await Promise.all(
          Array.from({ length: 100 }, async () => {
            const socket = connect(port, "127.0.0.1").on("error", () => undefined);
            t.teardown(() => socket.destroy());
            await Promise.race([once(socket, "connect"), once(socket, "close")]);
          }),
        );
        opened += 100;
      }
    })(),
  ]);
  const files = (await openFiles(origin)) - filesBefore;
  t.ok(files > 2000 && files < 2700, `${files} are open`);
  t.notMatch(server.output, /"level":[56]0/, "nothing is wrong");
});
