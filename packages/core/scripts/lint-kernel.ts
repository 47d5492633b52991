/**
 * Formats and lints the kernel (`kernel/`, AssemblyScript) by the rules of the rest of the repository. Fails on what
 * Biome finds; with `--write`, mends what it can.
 *
 * AssemblyScript allows decorators on functions, which TypeScript does not. Biome is given copies in which each decorator
 * is a comment, and the mended copies get their decorators back.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";

const ROOT = resolve(import.meta.dirname, "../../..");
const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

const CONFIGURATION = {
  root: true,
  extends: [join(ROOT, "biome.json")],
  vcs: { enabled: false },
  linter: {
    rules: {
      // In AssemblyScript `==` compares values without coercion, as `===` does.
      suspicious: { noDoubleEquals: "off" },
      // Its integers have up to 64 bits.
      correctness: { noPrecisionLoss: "off" },
    },
  },
  // The order of imports is the order of functions in the compiled code.
  assist: { actions: { source: { organizeImports: "off" } } },
};

const withoutDecorators = (text: string) => text.replaceAll(/^@(?=\w+$)/gm, "//@");
const withDecorators = (text: string) => text.replaceAll(/^\/\/@(?=\w+$)/gm, "@");

const { values, positionals } = parseArgs({
  options: { write: { type: "boolean", default: false } },
  allowPositionals: true,
});
const sources = resolve(positionals[0] ?? join(import.meta.dirname, "../kernel"));
const names = readdirSync(sources).filter((name) => name.endsWith(".ts"));
const copies = mkdtempSync(join(tmpdir(), "kernel-"));
try {
  writeFileSync(join(copies, "biome.json"), JSON.stringify(CONFIGURATION));
  for (const name of names) {
    writeFileSync(join(copies, name), withoutDecorators(readFileSync(join(sources, name), "utf8")));
  }
  const mode = values.write ? ["check", "--write"] : ["check"];
  const { status } = spawnSync(process.execPath, [BIOME, ...mode, ...names], {
    cwd: copies,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(
      `The names above are those of files in ${relative(ROOT, sources)}; \`pnpm format\` mends the format.`,
    );
    process.exitCode = 1;
  }
  if (values.write) {
    for (const name of names) {
      const text = withDecorators(readFileSync(join(copies, name), "utf8"));
      if (text !== readFileSync(join(sources, name), "utf8")) writeFileSync(join(sources, name), text);
    }
  }
} finally {
  rmSync(copies, { recursive: true });
}
