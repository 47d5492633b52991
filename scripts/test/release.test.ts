/** Shows that changesets make a release's version and notes, and that the packed package works. */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Test, test } from "tap";
import { releaseNotes } from "../release/notes.ts";

const root = join(import.meta.dirname, "../..");

function temporaryFolder(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** The workspace as changesets sees it, as a repository at a version of its own. */
function workspace(t: Test): string {
  const folder = temporaryFolder(t);
  const manifests = globSync(
    ["package.json", "bench/package.json", "scripts/package.json", "packages/*/package.json"],
    {
      cwd: root,
    },
  );
  for (const file of ["pnpm-workspace.yaml", ".changeset/config.json", ...manifests]) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  for (const file of manifests) {
    const manifest = JSON.parse(readFileSync(join(folder, file), "utf8"));
    writeFileSync(join(folder, file), JSON.stringify({ ...manifest, version: "1.2.3" }));
  }
  git(folder, "init", "--quiet", "--initial-branch=main");
  git(folder, "add", ".");
  git(
    folder,
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.org",
    "commit",
    "--quiet",
    "--message=Test",
  );
  return folder;
}

function git(folder: string, ...words: string[]): void {
  execFileSync("git", words, { cwd: folder });
}

function versionOf(folder: string, name: string): string {
  return JSON.parse(readFileSync(join(folder, "packages", name, "package.json"), "utf8")).version;
}

test("changesets become one version of all packages, a changelog, and the notes of the release", async (t) => {
  const folder = workspace(t);
  writeFileSync(
    join(folder, ".changeset/quick-owls-sort.md"),
    '---\n"@sorted/core": minor\n---\n\nSorts by moonlight\n',
  );
  execFileSync(process.execPath, [join(root, "node_modules/@changesets/cli/bin.js"), "version"], {
    cwd: folder,
  });

  t.equal(versionOf(folder, "core"), "1.3.0");
  t.equal(versionOf(folder, "api"), "1.3.0");
  t.equal(versionOf(folder, "infra-aws"), "1.3.0");
  t.notOk(existsSync(join(folder, ".changeset/quick-owls-sort.md")), "it is used up");
  t.match(readFileSync(join(folder, "packages/core/CHANGELOG.md"), "utf8"), "## 1.3.0");

  const notes = releaseNotes("v1.3.0", folder);
  t.match(notes, /^## @sorted\/core\n\n### Minor Changes\n\n- .*Sorts by moonlight\n$/);
});

test("a tag that is not the version of the sources makes no release", async (t) => {
  const folder = workspace(t);
  t.throws(() => releaseNotes("v1.2.4", folder), {
    message: /The tag is v1\.2\.4, but @sorted\/\S+ has the version 1\.2\.3: run `pnpm changeset version`/,
  });
});

test("nor does a version of which no changelog says anything", async (t) => {
  const folder = workspace(t);
  t.throws(() => releaseNotes("v1.2.3", folder), { message: /No changelog has anything on v1\.2\.3/ });
});

test("the packed package names its repository, installs and sorts; the sources stay as they are", async (t) => {
  const folder = temporaryFolder(t);
  const before = readFileSync(join(root, "packages/core/package.json"), "utf8");
  const script = (name: string, ...words: string[]) =>
    execFileSync(process.execPath, [join(root, "scripts/release", name), ...words], { encoding: "utf8" });
  const tarball = script("pack.ts", "https://github.com/someone/sorted", folder).trim();
  t.equal(readFileSync(join(root, "packages/core/package.json"), "utf8"), before);

  const manifest = execFileSync("tar", [
    "--extract",
    "--to-stdout",
    "--file",
    tarball,
    "package/package.json",
  ]);
  t.match(JSON.parse(manifest.toString()), {
    name: "@sorted/core",
    repository: { type: "git", url: "git+https://github.com/someone/sorted.git", directory: "packages/core" },
    exports: { ".": { default: { types: "./dist/index.d.ts", default: "./dist/index.js" } } },
  });
  t.match(script("try-package.ts", tarball), "installs and sorts");
});
