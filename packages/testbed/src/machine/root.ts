/**
 * The start of every machine: a small Debian as a folder, or as a disk with a Linux kernel. Making it takes a minute or two.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cached } from "../cache.ts";
import { run } from "../command.ts";

const RECIPES = join(import.meta.dirname, "..", "..", "substitute-images");
const ROOT_RECIPE = join(RECIPES, "machine.sh");
const DISK_RECIPE = join(RECIPES, "machine-disk.sh");

/** The folder that is a machine's root file system. A machine must not write to it. */
export function rootFolder(): Promise<string> {
  return cached(`machine-root-${version(ROOT_RECIPE)}`, (path) => run("bash", [ROOT_RECIPE, path]));
}

/** The folder with QEMU's files: `disk.img` and `vmlinuz`. */
export function diskFolder(): Promise<string> {
  return cached(`machine-disk-${version(ROOT_RECIPE, DISK_RECIPE)}`, async (path) => {
    mkdirSync(path);
    const root = join(path, "root");
    await run("bash", [ROOT_RECIPE, root, "linux-image-cloud-amd64", "qemu-guest-agent", "udev"]);
    await run("bash", [DISK_RECIPE, root, path]);
    rmSync(root, { recursive: true });
  });
}

function version(...files: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}
