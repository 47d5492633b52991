/**
 * Tries @sorted/core as its users install it: `node scripts/release/try-package.ts SPECIFICATION [--signed]`, with a
 * version (`@sorted/core@1.2.3`) or the path of a tarball. With `--signed` the registry's signature and the provenance
 * must be right too. It works in an empty project, and deletes it afterwards.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = `
import { strict as assert } from "node:assert";
import { compareNumbers, sortJson, sortNumbers } from "@sorted/core";
const sorted = sortJson('{"x1":"[3, 10, -2.5]","x2":"7","x3":9007199254740993,"x4":9007199254740992}');
assert.equal(new TextDecoder().decode(sorted.toBytes()), '{"sorted":[-2.5,3,7,10,9007199254740992,9007199254740993]}');
assert.deepEqual(sortNumbers([10, 9, 1]), [1, 9, 10]);
assert.equal(compareNumbers("1e400", "1e401"), -1);
`;

const [specification, ...options] = process.argv.slice(2);
if (specification === undefined || options.some((option) => option !== "--signed")) {
  console.error("usage: node scripts/release/try-package.ts SPECIFICATION [--signed]");
  process.exit(2);
}
const project = mkdtempSync(join(tmpdir(), "sorted-package-"));
try {
  run("npm", "init", "--yes", "--init-type=module");
  run("npm", "install", "--no-fund", specification);
  if (options.length > 0) run("npm", "audit", "signatures");
  writeFileSync(join(project, "program.js"), program);
  run(process.execPath, "program.js");
  console.log(`${specification} installs and sorts`);
} finally {
  rmSync(project, { recursive: true });
}

function run(command: string, ...words: string[]): void {
  execFileSync(command, words, { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
}
