/**
 * Tries the packages as their users install them: `node scripts/release/try-packages.ts VERSION [--signed]`, from npm, or
 * `node scripts/release/try-packages.ts TARBALL…`. With `--signed` the registry's signatures and the provenance must be
 * right too. It works in an empty project, and deletes it afterwards.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { published } from "./published.ts";

const program = `
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { compareNumbers, sortJson, sortNumbers } from "@sorted/core";
import { sortFiles } from "@sorted/external-sort";
const sorted = sortJson('{"x1":"[3, 10, -2.5]","x2":"7","x3":9007199254740993,"x4":9007199254740992}');
assert.equal(new TextDecoder().decode(sorted.toBytes()), '{"sorted":[-2.5,3,7,10,9007199254740992,9007199254740993]}');
assert.deepEqual(sortNumbers([10, 9, 1]), [1, 9, 10]);
assert.equal(compareNumbers("1e400", "1e401"), -1);
await sortFiles({ inputs: ["numbers.txt"], output: "sorted.txt", threads: 2, pieceBytes: 2 ** 22 });
assert.match(readFileSync("sorted.txt", "utf8"), /^1\\n2\\n3\\n/);
`;
/** So many that threads sort them. */
const numbers = Array.from({ length: 1_500_000 }, (_, i) => `${1_500_000 - i}\n`).join("");

const words = process.argv.slice(2);
const given = words.filter((word) => word !== "--signed");
const isSigned = given.length < words.length;
const [first = ""] = given;
const isVersion = given.length === 1 && /^\d+\.\d+\.\d+/.test(first);
if (given.length !== (isVersion ? 1 : published.length)) {
  console.error("usage: node scripts/release/try-packages.ts VERSION [--signed] | TARBALL…");
  process.exit(2);
}
const specifications = isVersion
  ? published.map((name) => `@sorted/${name}@${first}`)
  : given.map((path) => resolve(path));
const project = mkdtempSync(join(tmpdir(), "sorted-packages-"));
try {
  run("npm", "init", "--yes", "--init-type=module");
  run("npm", "install", "--no-fund", ...specifications);
  if (isSigned) run("npm", "audit", "signatures");
  writeFileSync(join(project, "numbers.txt"), numbers);
  writeFileSync(join(project, "program.js"), program);
  run(process.execPath, "program.js");
  run("npx", "--no-install", "sorted", "--check", "sorted.txt");
  run("npx", "--no-install", "sorted", "numbers.txt", "-o", "numbers.txt");
  run("npx", "--no-install", "sorted", "--check", "numbers.txt");
  for (const specification of specifications) console.log(`${specification} installs and sorts`);
} finally {
  rmSync(project, { recursive: true });
}

function run(command: string, ...words: string[]): void {
  execFileSync(command, words, { cwd: project, stdio: ["ignore", "ignore", "inherit"] });
}
