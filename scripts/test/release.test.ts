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
import { basename, dirname, join } from "node:path";
import { type Test, test } from "tap";
import { releaseNotes } from "../release/notes.ts";
import { published } from "../release/published.ts";

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

test("the packed packages name their repository, install and sort; the sources stay as they are", async (t) => {
  const folder = temporaryFolder(t);
  const manifests = () =>
    published.map((name) => readFileSync(join(root, "packages", name, "package.json"), "utf8"));
  const before = manifests();
  const script = (name: string, ...words: string[]) =>
    execFileSync(process.execPath, [join(root, "scripts/release", name), ...words], { encoding: "utf8" });
  const tarballs = script("pack.ts", "https://github.com/someone/sorted", folder).trim().split("\n");
  t.same(manifests(), before);

  const packed = tarballs.map((tarball) =>
    JSON.parse(
      execFileSync("tar", ["--extract", "--to-stdout", "--file", tarball, "package/package.json"], {
        encoding: "utf8",
      }),
    ),
  );
  for (const [i, directory] of ["packages/core", "packages/external-sort", "packages/cli"].entries())
    t.match(packed[i], {
      repository: { type: "git", url: "git+https://github.com/someone/sorted.git", directory },
      license: "Apache-2.0",
    });
  const [core, externalSort, cli] = packed;
  t.match(core, {
    exports: { ".": { default: { types: "./dist/index.d.ts", default: "./dist/index.js" } } },
  });
  t.match(externalSort, {
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
    dependencies: { "@sorted/core": core.version },
  });
  t.match(cli, { bin: { sorted: "./dist/main.js" }, man: "./man/sorted.1" });
  const tried = script("try-packages.ts", ...tarballs)
    .trim()
    .split("\n");
  t.same(
    tried,
    tarballs.map((tarball) => `${tarball} installs and sorts`),
  );
});

test("every package that is not private is published, with provenance", async (t) => {
  const manifests = globSync("packages/*/package.json", { cwd: root }).map((file) => ({
    folder: basename(dirname(file)),
    ...JSON.parse(readFileSync(join(root, file), "utf8")),
  }));
  const open = manifests.filter((manifest) => manifest.private !== true);
  t.same(open.map(({ folder }) => folder).sort(), [...published].sort());
  for (const { name, publishConfig } of open)
    t.match(publishConfig, { access: "public", provenance: true }, name);
});
