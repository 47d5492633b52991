/** The licences of the packages in a bundle: anyone who ships a copy of a package must also ship its licence. */
import { globSync, readFileSync } from "node:fs";

/**
 * The licence texts of all packages that own one of `files`, in the order of the packages' names.
 *
 * @param files Paths as a bundler names its inputs, such as `../../node_modules/.pnpm/…/node_modules/fastify/fastify.js`.
 * @throws Error if a package has no licence file and does not name its licence.
 */
export function licencesOf(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => file.match(/^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []));
  const licences = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const [file] = globSync(`${folder}/{LICEN[CS]E,licen[cs]e,COPYING}*`);
    if (!file && !license) throw new Error(`${name} ${version} does not say what its licence is`);
    return `${name} ${version} (${license})\n\n${file ? readFileSync(file, "utf8").trim() : ""}\n`;
  });
  return licences.sort().join(`\n${"─".repeat(80)}\n\n`);
}
