import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "tap";

const SCRIPT = resolve(import.meta.dirname, "../../scripts/lint-kernel.ts");

/** Lints a folder of AssemblyScript; returns the exit status and what it printed. */
function lint(folder: string, ...flags: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder, ...flags], {
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

test("an unformatted kernel file fails; --write formats it and keeps its decorators", async (t) => {
  const folder = t.testdir({
    "add.ts": "@inline\nexport function add( a: u32, b: u32 ): u32 { return a+b; }\n",
  });

  const before = lint(folder);
  t.equal(before.status, 1);
  t.match(before.output, "add.ts format");

  t.equal(lint(folder, "--write").status, 0);
  t.equal(
    readFileSync(join(folder, "add.ts"), "utf8"),
    "@inline\nexport function add(a: u32, b: u32): u32 {\n  return a + b;\n}\n",
  );
  t.equal(lint(folder).status, 0);
});

test("an unused import fails, AssemblyScript's == does not", async (t) => {
  const used = 'import { ZERO } from "./characters";\n\nexport const isZero: bool = ZERO == 0;\n';
  const folder = t.testdir({ "zero.ts": used });
  t.equal(lint(folder).status, 0);

  writeFileSync(join(folder, "zero.ts"), used.replace("ZERO }", "COMMA, ZERO }"));
  const { status, output } = lint(folder);
  t.equal(status, 1);
  t.match(output, "noUnusedImports");
});
