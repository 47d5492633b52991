/** The paths that comments and documents name, checked in small repositories. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Test, test } from "tap";

/** Runs the check on a repository with these files. */
function check(t: Test, files: Readonly<Record<string, string>>) {
  const root = t.testdir();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  execFileSync("git", ["init", "--quiet", root]);
  const script = join(import.meta.dirname, "../paths.ts");
  const { status, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  return { status, findings: stderr.split("\n").filter((line) => line !== "") };
}

test("a path in a comment may be relative to the file, its package, a folder of sources, or the root", async (t) => {
  const { status, findings } = check(t, {
    "packages/core/package.json": "{}",
    "packages/core/src/sort/keys.ts": "",
    "packages/core/test/keys.test.ts": "",
    "packages/core/src/sort/order.ts": [
      "/** See keys.ts, ./keys.ts, sort/keys.ts, src/sort/keys.ts, core/src/sort/keys.ts and keys.test.ts. */",
      "// As packages/core/src/sort/keys.ts, packages/core/src, packages/*/src/**/keys.ts and {keys,order}.ts say.",
    ].join("\n"),
  });
  t.strictSame(findings, []);
  t.equal(status, 0);
});

test("a path that does not exist is named with its place", async (t) => {
  const { status, findings } = check(t, {
    "src/order.ts": [
      'import "./a.ts";',
      "/**",
      " * By keys.ts.",
      " */",
      "// As ../b.ts and src/c/*.ts say.",
    ].join("\n"),
    "docs/guide.md": "Start with `src/sort.ts`, in\n```\nnode src/run.ts\n```\n",
    "ci.yaml": "steps: # of src/old.ts\n",
  });
  t.strictSame(findings, [
    "ci.yaml:1: src/old.ts does not exist",
    "docs/guide.md:1: src/sort.ts does not exist",
    "docs/guide.md:3: src/run.ts does not exist",
    "src/order.ts:3: keys.ts does not exist",
    "src/order.ts:5: ../b.ts does not exist",
    "src/order.ts:5: src/c/*.ts does not exist",
  ]);
  t.equal(status, 1);
});

test("a document may name a path of any package", async (t) => {
  const { findings } = check(t, {
    "packages/core/package.json": "{}",
    "packages/core/test/keys.test.ts": "",
    "README.md": "In `packages/core`: `test/keys.test.ts`.",
  });
  t.strictSame(findings, []);
});

test("URLs, packages, links, placeholders, users' files and what Git ignores are not paths of the repository", async (t) => {
  const { findings } = check(t, {
    ".gitignore": "dist/\n",
    "Pulumi.yaml": "",
    "packages/a/package.json": "{}",
    "README.md": [
      "https://example.com/a.ts node:fs/promises.ts @sorted/core/kernel.ts [a.ts](src/gone.ts) Node.js",
      "$HOME/a.ts ~/a.ts /etc/a.yaml <name>.ts FILE.ts src/NAME.ts …/a.ts numbers.json",
      "`dist/index.ts`, `packages/a/dist/index.ts`, `input/output`, `text/plain`, `result.ts_value`, and/or",
    ].join("\n"),
    "packages/a/index.ts": "// The settings of a Pulumi.yaml, and of a Pulumi.dev.yaml.",
  });
  t.strictSame(findings, []);
});
