import { readFileSync } from "node:fs";
import { test } from "tap";
import { Folder } from "./sorted.ts";

const DOCUMENT = new URL("../../../docs/cli.md", import.meta.url);

/** The commands of the blocks that show a terminal, each with what is written below it. */
function examples(): { command: string; output: string }[] {
  const blocks = readFileSync(DOCUMENT, "utf8").matchAll(/^```console\n(.*?)^```$/gms);
  return Array.from(blocks, ([, block = ""]) => block.split(/^\$ /m).slice(1))
    .flat()
    .map((part) => ({
      command: part.slice(0, part.indexOf("\n")),
      output: part.slice(part.indexOf("\n") + 1).trimEnd(),
    }));
}

test("every command of docs/cli.md prints what is written below it", async (t) => {
  const folder = new Folder(t);
  const all = examples();
  t.ok(all.length > 8, `${all.length} commands`);
  for (const { command, output } of all) {
    const { stdout } = await folder.bash(`exec 2>&1; ${command}`);
    t.equal(stdout.trimEnd(), output, command);
  }
});
