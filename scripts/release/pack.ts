/**
 * Packs the packages for publication: `node scripts/release/pack.ts REPOSITORY FOLDER`, with the address of the
 * repository on GitHub, which npm compares with the provenance. Prints the paths of the tarballs, one a line, each after
 * those that it depends on.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { published } from "./published.ts";

const packages = join(import.meta.dirname, "../../packages");
/** Not the manifests themselves: others may read them at the same time. */
const pnpmfile = join(import.meta.dirname, "pnpmfile.mjs");

/**
 * @param name the package's folder in `packages/`
 * @param repository an address such as `https://github.com/someone/sorted`
 * @param folder the folder for the tarball
 * @returns its path
 */
function pack(name: string, repository: string, folder: string): string {
  const words = ["pack", "--json", "--pack-destination", resolve(folder), `--config.pnpmfile=${pnpmfile}`];
  const output = execFileSync("pnpm", words, {
    cwd: join(packages, name),
    encoding: "utf8",
    env: { ...process.env, PACKED_REPOSITORY: JSON.stringify(repositoryOf(name, repository)) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { filename }: { filename: string } = JSON.parse(output.slice(output.indexOf("{")));
  return resolve(folder, filename);
}

function repositoryOf(name: string, address: string) {
  return { type: "git", url: `git+${address}.git`, directory: `packages/${name}` };
}

const [repository, folder] = process.argv.slice(2);
if (!repository?.startsWith("https://") || folder === undefined) {
  console.error("usage: node scripts/release/pack.ts https://github.com/OWNER/NAME FOLDER");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
for (const name of published) console.log(pack(name, repository, folder));
