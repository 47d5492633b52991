import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Test, test } from "tap";

const SOURCE = `function divide() {
  throw new RangeError("not by 0");
}
divide();
`;

/** Bundles the source as the image's bundle is made; returns its path. */
async function bundle(t: Test): Promise<string> {
  const outfile = join(t.testdir({}), "bundle.mjs");
  await build({
    stdin: { contents: SOURCE, sourcefile: "divide.ts", loader: "ts" },
    inject: [fileURLToPath(new URL("../../container/stack-traces.ts", import.meta.url))],
    bundle: true,
    platform: "node",
    format: "esm",
    sourcemap: "linked",
    outfile,
  });
  return outfile;
}

const run = (file: string) => spawnSync(process.execPath, [file], { encoding: "utf8", env: {} }).stderr;

test("a stack trace names the place in the source", async (t) => {
  t.match(
    run(await bundle(t)),
    /RangeError: not by 0\n {4}at divide \(.*divide\.ts:2:9\)\n {4}at .*divide\.ts:4:1\n/,
  );
});

test("without the map it names the place in the bundle", async (t) => {
  const file = await bundle(t);
  rmSync(`${file}.map`);
  t.match(run(file), /RangeError: not by 0\n {4}at divide \(.*bundle\.mjs:\d+:\d+\)\n/);
});
