/** The packed package where its users run it: other runtimes, test runners, bundlers and compilers, as npm installs them. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "tap";

const PACKAGE = join(import.meta.dirname, "..");

/** The oldest Node and TypeScript that the README names, and what was the newest of the others. */
const TOOLS = {
  bun: "1.4.5",
  deno: "2.9.6",
  jest: "30.5.2",
  node: "20.19.0",
  typescript: "5.7.2",
  vite: "8.4.0",
  vitest: "5.1.2",
  webpack: "5.113.0",
};

const FILES = {
  "program.mjs": `import { sortNumbers } from "@sorted/core"; console.log(sortNumbers([10, 9n, "1"]).join());`,
  "program.cjs": `const { sortNumbers } = require("@sorted/core"); console.log(sortNumbers([10, 9n, "1"]).join());`,
  "page.mjs": `import { sortJson } from "@sorted/core"; console.log(String(sortJson("[10, 9, 1]")));`,
  "same.mjs": `import { createRequire } from "node:module"; import * as imported from "@sorted/core";
    console.log(imported.SortedError === createRequire(import.meta.url)("@sorted/core").SortedError);`,
  "jest/sort.test.js": `const { sortNumbers } = require("@sorted/core");
    test("sorts", () => expect(sortNumbers([10, 9, 1])).toEqual([1, 9, 10]));`,
  "vitest/sort.test.js": `import { sortNumbers } from "@sorted/core"; import { expect, test } from "vitest";
    test("sorts", () => expect(sortNumbers([10, 9, 1])).toEqual([1, 9, 10]));`,
  "program.mts": `import { sortNumbers } from "@sorted/core"; export const sorted: number[] = sortNumbers(new Set<number>());`,
  "program.cts": `import { sortNumbers } from "@sorted/core"; export const sorted: bigint[] = sortNumbers(new BigInt64Array(1));`,
  "tsconfig.json": JSON.stringify({
    // TypeScript 5.7.2 has no libraries of its own for its target es2024.
    compilerOptions: {
      noEmit: true,
      strict: true,
      module: "nodenext",
      target: "es2024",
      lib: ["es2024"],
      types: [],
    },
    files: ["program.mts", "program.cts"],
  }),
  "webpack.config.cjs": `module.exports = { mode: "production", target: "node", entry: "./page.mjs", output: { filename: "webpack.cjs" } };`,
  "vite.config.mjs": `export default { build: { lib: { entry: "page.mjs", formats: ["es"], fileName: "vite" } } };`,
};

const project = mkdtempSync(join(tmpdir(), "sorted-reach-"));

function run(program: string, ...args: string[]): string {
  return execFileSync(program, args, {
    cwd: project,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

const tool = (name: string, ...args: string[]) => run(join(project, "node_modules/.bin", name), ...args);

/** A program of a package, on the oldest Node. */
const onOldest = (path: string, ...args: string[]) => tool("node", join("node_modules", path), ...args);

test("the packed package runs where JavaScript runs", async (t) => {
  t.teardown(() => rmSync(project, { recursive: true }));
  execFileSync("pnpm", ["pack", "--pack-destination", project], { cwd: PACKAGE, stdio: "pipe" });
  const tarball = readdirSync(project).find((name) => name.endsWith(".tgz")) ?? "";
  for (const folder of ["jest", "vitest"]) mkdirSync(join(project, folder));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(project, name), text);
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      private: true,
      devDependencies: TOOLS,
      dependencies: { "@sorted/core": `file:${tarball}` },
    }),
  );
  run("npm", "install", "--no-audit", "--no-fund");

  t.test("on the oldest Node that it names, by import and by require, as one instance", async (t) => {
    const { engines } = JSON.parse(
      readFileSync(join(project, "node_modules/@sorted/core/package.json"), "utf8"),
    );
    t.equal(`>=${tool("node", "--version").slice(1).replace(/\.0$/, "")}`, engines.node);
    t.equal(tool("node", "program.mjs"), "1,9,10");
    t.equal(tool("node", "program.cjs"), "1,9,10");
    t.equal(tool("node", "same.mjs"), "true");
  });

  t.test("in Deno and Bun", async (t) => {
    for (const program of ["program.mjs", "program.cjs"]) {
      t.equal(tool("deno", "run", "--allow-all", "--node-modules-dir=manual", program), "1,9,10");
      t.equal(tool("bun", program), "1,9,10");
    }
  });

  t.test("in Jest, as it comes, on the oldest Node", async () => {
    onOldest("jest/bin/jest.js", "jest");
  });

  t.test("in Vitest", async () => {
    run(process.execPath, "node_modules/vitest/vitest.mjs", "run", "--dir", "vitest");
  });

  t.test("in a bundle of webpack", async (t) => {
    writeFileSync(
      join(project, "bundle.cjs"),
      `require("webpack")(require("./webpack.config.cjs"), (error, stats) => {
        if (error || stats.hasErrors()) throw error ?? new Error(stats.toString());
      });`,
    );
    run(process.execPath, "bundle.cjs");
    t.equal(run(process.execPath, "dist/webpack.cjs"), "1,9,10");
  });

  t.test("in a bundle of Vite", async (t) => {
    run(process.execPath, "node_modules/vite/bin/vite.js", "build", "--emptyOutDir", "false");
    const output = readdirSync(join(project, "dist")).find((name) => name.startsWith("vite")) ?? "";
    t.equal(run(process.execPath, join("dist", output)), "1,9,10");
  });

  t.test("with the oldest TypeScript that it names, as an ES module and as CommonJS", async () => {
    onOldest("typescript/bin/tsc", "--project", "tsconfig.json");
  });
});
