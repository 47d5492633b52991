/**
 * Compiles the kernel (`kernel/`, AssemblyScript) to WebAssembly and writes it as a module that anything can import, in
 * Node or in a bundle, without a file or network request. Does nothing while its sources are unchanged.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const CORE = join(import.meta.dirname, "..");
const SOURCES = join(CORE, "kernel");
const MODULE = join(CORE, "src/kernel-wasm.ts");

const { resolve } = createRequire(import.meta.url);
const COMPILER = resolve("assemblyscript/bin/asc.js");

const FLAGS = [
  ["--runtime", "stub"],
  ["--enable", "simd"],
  ["--optimizeLevel", "3"],
  ["--shrinkLevel", "0"],
  ["--converge", "--noAssert", "--importMemory"],
].flat();
const SHARED_FLAGS = ["--sharedMemory", "--enable", "threads", "--maximumMemory", "65536"];

function hashOfSources(): string {
  const hash = createHash("sha256");
  const files = readdirSync(SOURCES).map((name) => join(SOURCES, name));
  for (const file of [...files, import.meta.filename, resolve("assemblyscript/package.json")].sort()) {
    hash.update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

async function compile(flags: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kernel-"));
  try {
    const output = join(folder, "kernel.wasm");
    const args = [COMPILER, join(SOURCES, "kernel.ts"), "--outFile", output, ...FLAGS, ...flags];
    const { stderr } = await promisify(execFile)(process.execPath, args);
    process.stderr.write(stderr);
    return readFileSync(output, "base64");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const firstLine = `// Made from kernel/ by scripts/build-kernel.ts: ${hashOfSources()}\n`;
if (!existsSync(MODULE) || !readFileSync(MODULE, "utf8").startsWith(firstLine)) {
  const [own, shared] = await Promise.all([compile([]), compile(SHARED_FLAGS)]);
  const text = [
    firstLine,
    "\n/** The kernel, for memory of its own. In base64. */\n",
    `export const wasm = "${own}";\n`,
    "\n/** The same, for memory that threads share. */\n",
    `export const sharedWasm = "${shared}";\n`,
  ];
  writeFileSync(MODULE, text.join(""));
}
