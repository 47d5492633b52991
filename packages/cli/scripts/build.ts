/** Bundles the command into `dist/`, with no dependency left: `pnpm build`. */
import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const PACKAGE = join(import.meta.dirname, "..");
const THREAD = new URL("threads/thread.ts", import.meta.resolve("@sorted/external-sort"));

rmSync(join(PACKAGE, "dist"), { recursive: true, force: true });
await build({
  absWorkingDir: PACKAGE,
  // The threads of the sort look for `thread.js` beside what starts them.
  entryPoints: { main: "src/main.ts", thread: fileURLToPath(THREAD) },
  outdir: "dist",
  bundle: true,
  // What is imported lazily is a file of its own.
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node22",
  legalComments: "none",
  logLevel: "warning",
});
chmodSync(join(PACKAGE, "dist/main.js"), 0o755);
