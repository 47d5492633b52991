import { spawnSync } from "node:child_process";
import { test } from "tap";
import { Folder, manyNumbers, SORTED } from "./sorted.ts";

/** Longer than a pipe holds: when all but the last number is gone, the command has begun; it then waits for that. */
const SLOWLY = "(seq 20000; sleep 0.7; echo 2)";

const hasTerminal = spawnSync("script", ["--version"]).status === 0;

test("nothing is told without a terminal", async (t) => {
  const folder = new Folder(t);
  t.match(await folder.bash(`${SLOWLY} | sorted | tail -n 1`), { stdout: "20000\n", stderr: "" });
});

test("--progress json tells how far the work is, an object in each line", async (t) => {
  const folder = new Folder(t);
  const text = manyNumbers();
  folder.write("in", text);
  const { status, stdout, stderr } = await folder.sorted([
    ..."in -o out --threads 2 --memory 256MiB --progress json".split(" "),
  ]);
  t.match({ status, stdout }, { status: 0, stdout: "" });
  const told = stderr
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const reading = told.filter(({ pass }) => pass === "read").at(-1);
  t.match(reading, { numbers: 600_000, bytes: text.length, totalBytes: text.length, seconds: Number });
  t.match(told.at(-1), { pass: "write", numbers: 600_000 });
});

test("a terminal has a bar, which is gone at the end", {
  skip: !hasTerminal && "needs script",
}, async (t) => {
  const folder = new Folder(t);
  const onTerminal = (command: string) => folder.bash(`script -qec "${command}" /dev/null < /dev/null`);
  const slowly = `${SLOWLY} | ${SORTED}`;
  const { stdout } = await onTerminal(`${slowly} -o out`);
  t.match(stdout, /reading 0 MB, 20,001 numbers, \d+ s/);
  t.ok(stdout.endsWith("\r\u001b[K"));
  t.match(folder.read("out"), "1\n2\n2\n3\n");
  t.notMatch((await onTerminal(`${slowly} -o out --progress none`)).stdout, "reading");
  const { stdout: numbers } = await onTerminal(slowly);
  t.match(numbers, /^1\r\n2\r\n2\r\n3\r\n/, "not beside numbers on the same terminal");
});
