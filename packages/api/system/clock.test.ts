/** The clock of the machine jumps by a day, as by libfaketime. Time limits don't notice: they go by monotonic time. */
import { globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import tap from "tap";
import { Client } from "../test/client.ts";
import { startServer } from "../test/process.ts";

const HEAD = "POST / HTTP/1.1\r\nHost: sorted\r\nContent-Type: application/json\r\n";
const DAY = 86_400_000;

tap.test("the clock jumps forward, and back", async (t) => {
  const [library] = globSync("/usr/lib/*/faketime/libfaketimeMT.so.1");
  if (library === undefined) throw new Error("libfaketime is missing: .ci/setup installs it");
  const clock = join(t.testdir({ offset: "+0" }), "offset");
  const { port } = await startServer(t, {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    REQUEST_TIMEOUT_SECONDS: "20",
  });

  for (const [jump, milliseconds] of [
    ["+1d", DAY],
    ["-1d", -DAY],
  ] as const) {
    const body = `[${"2,1,".repeat(30_000)}3]`;
    const waiting = new Client(t, port);
    await waiting.write(`${HEAD}Content-Length: ${body.length}\r\n\r\n${body.slice(0, 50_000)}`);
    const slow = new Client(t, port);
    await slow.write(HEAD);
    const idle = new Client(t, port);
    await idle.write("GET /?x=1 HTTP/1.1\r\nHost: sorted\r\n\r\n");
    await idle.receives(/\]\}$/);

    writeFileSync(clock, jump);
    idle.received = "";
    // Node keeps the date of its answers for a second.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await idle.write("GET /?x=1 HTTP/1.1\r\nHost: sorted\r\n\r\n");
    const answer = await idle.receives(/\]\}$/);
    const date = Date.parse(/^date: (.*)$/im.exec(answer)?.[1] ?? "");
    t.ok(Math.abs(date - milliseconds - Date.now()) < 60_000, `${jump}: the service sees it`);
    await waiting.write(body.slice(50_000));
    t.match(await waiting.receives(/3\]\}$/), /^HTTP\/1.1 200 /, "a request in flight is answered");
    t.match(await slow.closes(), /^HTTP\/1.1 408 /, "one that is too slow is cut off, in time");
  }
});
