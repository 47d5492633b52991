/** Shows that docs/proof.md quotes tests and rules that exist, so that no finding loses its check unseen. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "tap";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

test("each finding about the clouds names tests and rules that exist", async (t) => {
  const files = execFileSync("git", ["ls-files", "packages", "scripts"], { cwd: root, encoding: "utf8" })
    .split("\n")
    .filter((path) => /\.test\.ts$/.test(path));
  const tests = files.map(read).join("\n");
  const rules = read("docs/aws-rules.md") + read("docs/azure-rules.md");
  const [, findings = ""] =
    /\n## What the clouds would refuse.*?\n(.*?)\n## /s.exec(read("docs/proof.md")) ?? [];
  const rows = findings.split("\n").filter((line) => /^\| (?!finding|---)/.test(line));
  t.ok(rows.length > 50);
  for (const row of rows) {
    const shownBy = row.split(" | ").at(-1) ?? "";
    t.match(shownBy, /"[^"]+"|\.test\.ts`|policy \(`/, row);
    for (const [, name = ""] of shownBy.matchAll(/"([^"]+)"/g)) t.ok(tests.includes(name), name);
    for (const [, rule = ""] of shownBy.matchAll(/policy \(`([^`]+)`\)/g))
      t.ok(rules.includes(`| \`${rule}\` |`), rule);
  }
});
