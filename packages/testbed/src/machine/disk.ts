/** The disk that virtual machines start from: a small Debian, and an archive of packages that lies on it. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached } from "../cache.ts";
import { run } from "../command.ts";

const recipe = join(import.meta.dirname, "..", "..", "stand-ins", "machine.sh");

/** The folder with what QEMU is given: `disk.img` and `vmlinuz`. The first time takes minutes. */
export function machineFolder(): Promise<string> {
  const version = createHash("sha256").update(readFileSync(recipe)).digest("hex").slice(0, 12);
  return cached(`machine-${version}`, async (path) => {
    const root = mkdtempSync(join(tmpdir(), "machine-"));
    mkdirSync(path);
    try {
      await run("bash", [recipe, root, path]);
    } finally {
      rmSync(root, { recursive: true });
    }
  });
}
