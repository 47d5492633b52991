/** The disk that virtual machines start from: a small Debian, and an archive of packages that lies on it. */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../cache.ts";
import { run } from "../command.ts";
import { temporaryFolder } from "../temporary.ts";

const recipe = join(import.meta.dirname, "..", "..", "stand-ins", "machine.sh");

/** The folder with what QEMU is given: `disk.img` and `vmlinuz`. The first time takes minutes. */
export function machineFolder(): Promise<string> {
  const version = createHash("sha256").update(readFileSync(recipe)).digest("hex").slice(0, 12);
  return cached(`machine-${version}`, async (path) => {
    mkdirSync(path);
    await run("bash", [recipe, temporaryFolder(), path]);
  });
}
