/** The system refuses threads to this process: large bodies get 503 until it gives some again, and nothing else fails. */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import tap, { type Test } from "tap";
import { Log, listeningApp } from "../test/app.ts";

const LARGE = `[${"2,1,".repeat(20_000)}3]`;
const SMALL = "[2,1]";

/** Posts on a connection that stays open, so that only the first request needs a new file. */
function makeClient(t: Test, port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.teardown(() => agent.destroy());
  return (body: string) =>
    new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      request({ agent, port, host: "127.0.0.1", method: "POST", headers }, (incoming) => {
        text(incoming).then((body) => resolve({ status: incoming.statusCode, body }), reject);
      })
        .on("error", reject)
        .end(body);
    });
}

/** Opens files until there may be no more. @returns closes them again */
function exhaustFiles(t: Test): () => void {
  spawnSync("prlimit", ["--pid", `${process.pid}`, "--nofile=1000:"]);
  const files: number[] = [];
  const release = () => {
    for (const file of files.splice(0)) closeSync(file);
  };
  t.teardown(release);
  t.throws(
    () => {
      for (;;) files.push(openSync("/dev/null", "r"));
    },
    { code: "EMFILE" },
  );
  return release;
}

/** Lets this process start no further thread, by a control group of its own. @returns allows it again */
function exhaustThreads(t: Test): () => void {
  const root = existsSync("/sys/fs/cgroup/pids") ? "/sys/fs/cgroup/pids" : "/sys/fs/cgroup";
  const group = `${root}/sorted-test-${process.pid}`;
  const former = `${root}${/^(?:\d+:pids|0:):(.*)$/m.exec(readFileSync("/proc/self/cgroup", "utf8"))?.[1]}`;
  mkdirSync(group);
  writeFileSync(`${group}/cgroup.procs`, `${process.pid}`);
  t.teardown(() => {
    writeFileSync(`${former}/cgroup.procs`, `${process.pid}`);
    rmdirSync(group);
  });
  writeFileSync(`${group}/pids.max`, readFileSync(`${group}/pids.current`));
  return () => writeFileSync(`${group}/pids.max`, "max");
}

for (const [code, exhaust] of [
  ["EMFILE", exhaustFiles],
  ["EAGAIN", exhaustThreads],
] as const) {
  tap.test(`${code}: a thread can't start`, async (t) => {
    const log = new Log();
    const { app, port } = await listeningApp(t, {}, log);
    const send = makeClient(t, port);
    t.equal((await send(SMALL)).status, 200);
    const release = exhaust(t);

    await app.warmUp();
    t.match(log.lines.at(-1), { msg: /no thread could start/ }, "the service starts without it");
    const refused = await send(LARGE);
    t.equal(refused.status, 503);
    t.match(JSON.parse(refused.body), {
      code: "OVERLOADED",
      detail: "no thread to sort the body could start",
    });
    t.match(log.lines.at(-1), { level: 50, requestId: /./, err: { stack: new RegExp(code) } });
    t.same(await send(SMALL), { status: 200, body: '{"sorted":[1,2]}' }, "a small body needs none");

    release();
    t.equal((await send(LARGE)).status, 200, "another try");
    t.equal(app.overload.shed.get("thread-start"), 1);
  });
}
