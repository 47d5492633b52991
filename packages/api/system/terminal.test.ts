/** In a terminal a person reads a greeting; JSON lines are for machines. `script` of util-linux makes the terminal. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { test } from "tap";

const SERVER = fileURLToPath(new URL("../src/server.ts", import.meta.url));

for (const WORKERS of ["1", "2"]) {
  test(`WORKERS=${WORKERS}: start greets once, and Ctrl+C stops it`, async (t) => {
    const terminal = spawn("script", ["-qec", `exec '${process.execPath}' '${SERVER}'`, "/dev/null"], {
      env: { PATH: process.env["PATH"], PORT: "0", WORKERS, _TAPJS_PROCESSINFO_COVERAGE_: "0" },
    });
    t.teardown(() => terminal.kill("SIGKILL"));
    let output = "";
    terminal.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    const ended = once(terminal, "close");
    while (!output.includes("Ctrl+C")) await once(terminal.stdout, "data");

    const url = /running at (http:\/\/localhost:\d+)/.exec(output)?.[1];
    const answer = await fetch(`${url}/?x=2,1`);
    t.equal(await answer.text(), '{"sorted":[1,2]}', "at the address that it names");
    terminal.stdin.write("\x03");
    const [status] = await ended;
    t.equal(status, 0);
    t.equal(output.match(/running at/g)?.length, 1);
    t.notMatch(output, /[{}]/, "no JSON lines");
  });
}
