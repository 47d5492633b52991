/**
 * The news of a release, from the changelogs: `node scripts/release/notes.ts v1.2.3`. Refuses a tag that is not the
 * version of the sources, or that no changelog mentions.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * @param tag a tag such as `v1.2.3`
 * @param folder the repository
 * @returns Markdown: for each package with changes of its own, its section
 * @throws Error that says what does not match
 */
export function releaseNotes(tag: string, folder: string): string {
  const manifests = globSync(["packages/*/package.json"], { cwd: folder }).sort();
  const sections = manifests.flatMap((manifest) => {
    const { name, version }: { name: string; version: string } = JSON.parse(
      readFileSync(join(folder, manifest), "utf8"),
    );
    if (tag !== `v${version}`)
      throw new Error(
        `The tag is ${tag}, but ${name} has the version ${version}: run \`pnpm changeset version\``,
      );
    const changes = changesOf(version, join(folder, dirname(manifest), "CHANGELOG.md"));
    return changes === "" ? [] : [`## ${name}\n\n${changes}\n`];
  });
  if (sections.length === 0)
    throw new Error(`No changelog has anything on ${tag}: run \`pnpm changeset version\``);
  return sections.join("\n");
}

/** The section of a version, without lines that only say that another package changed. */
function changesOf(version: string, changelog: string): string {
  if (!existsSync(changelog)) return "";
  const section = readFileSync(changelog, "utf8")
    .split(/^(?=## )/m)
    .find((text) => text.startsWith(`## ${version}\n`));
  const changes = (section ?? "").split("\n").slice(1).join("\n").trim();
  return /^- (?!Updated dependencies|@sorted\/)/m.test(changes) ? changes : "";
}

if (import.meta.main) {
  const [tag = ""] = process.argv.slice(2);
  try {
    console.log(releaseNotes(tag, process.cwd()));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
