import { readdirSync, readFileSync } from "node:fs";
import { type Test, test } from "tap";
import * as core from "../src/index.ts";

const packageFolder = new URL("..", import.meta.url);
const sources = new URL("src/", packageFolder);

test("the examples in the README", async (t) => {
  const readme = readFileSync(new URL("README.md", packageFolder), "utf8");
  const examples = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = ""]) => code);
  t.ok(examples.length > 5);
  for (const example of examples) await runExample(t, example);
});

test("the examples in the sources", async (t) => {
  for (const file of readdirSync(sources).filter((name) => !name.endsWith(".test.ts"))) {
    const text = readFileSync(new URL(file, sources), "utf8");
    for (const [, comment = ""] of text.matchAll(/@example\n(.*?)\*\//gs)) {
      t.comment(file);
      await runExample(t, comment.replace(/^ *\* ?/gm, ""));
    }
  }
});

/** Runs an example; in a line `expression; // value`, the value is what comes of the expression. */
async function runExample(t: Test, example: string): Promise<void> {
  const code = example
    .replace(/^import .*$/gm, "")
    .replace(/^( *)(\S.*); \/\/ (.+)$/gm, "$1check($2, $3, String.raw`$2`);");
  const names = Object.keys(core);
  const run = new Function("check", ...names, `return (async () => {${code}})();`);
  let checked = 0;
  const check = (found: unknown, expected: unknown, expression: string) => {
    checked += 1;
    t.strictSame(found, expected, expression);
  };
  await run(check, ...Object.values(core));
  t.equal(checked, example.match(/; \/\/ /g)?.length, "every line of it");
}
