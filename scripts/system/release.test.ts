/**
 * Shows how the scripts of a release call the tools that need a registry, and how they use the answers. It can't show
 * that the registries accept them.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Test, test } from "tap";
import { runWith } from "./fake-commands.ts";

const digest = `sha256:${"a".repeat(64)}`;
const image = `ghcr.io/someone/sorted@${digest}`;
const identity = "https://github.com/someone/sorted/.github/workflows/release.yml@refs/tags/v1.2.3";

test("the image is built for both architectures with SBOM and provenance, and pushed by digest only", async (t) => {
  const docker = `
    while [ "$1" != --metadata-file ]; do shift; done
    echo '{"containerimage.digest":"${digest}"}' >"$2"`;
  const { status, output, calls } = await runWith(
    t,
    { docker },
    "release/build-image.sh",
    "ghcr.io/someone/sorted",
    "1.2.3",
  );
  t.equal(status, 0);
  t.equal(output, `${image}\n`);
  for (const words of [
    "--platform linux/amd64,linux/arm64",
    "--build-arg VERSION=1.2.3",
    "--provenance mode=max",
    "--sbom true",
    "push=true,push-by-digest=true",
  ]) {
    t.match(calls[0], words);
  }
});

/** The output of `docker buildx imagetools inspect` for an image with these documents. */
const attached = (sbom: object, provenance: object) => `
  case "$*" in
    *.SBOM*) echo '${JSON.stringify(sbom)}';;
    *) echo '${JSON.stringify(provenance)}';;
  esac`;
const both = { "linux/amd64": { SPDX: {} }, "linux/arm64": { SPDX: {} } };

test("an image with a signature, SBOM and provenance is verified", async (t) => {
  const commands = { cosign: "", docker: attached(both, both) };
  const { status, calls } = await runWith(t, commands, "release/verify-image.sh", image, identity);
  t.equal(status, 0);
  t.match(calls[0], `cosign verify ${image} --certificate-identity ${identity}`);
});

test("one without a signature is refused", async (t) => {
  const commands = { cosign: "exit 1", docker: attached(both, both) };
  t.not((await runWith(t, commands, "release/verify-image.sh", image, identity)).status, 0);
});

test("one that lacks an SBOM for one architecture is refused", async (t) => {
  const commands = { cosign: "", docker: attached({ "linux/amd64": { SPDX: {} } }, both) };
  const { status, errors } = await runWith(t, commands, "release/verify-image.sh", image, identity);
  t.equal(status, 1);
  t.match(errors, "has no SBOM for linux/arm64");
});

test("the tag means the image that was tried", async (t) => {
  const docker = `[ "$3" = create ] || echo ${digest}`;
  const { status, calls } = await runWith(t, { docker }, "release/tag-image.sh", image, "1.2.3");
  t.equal(status, 0);
  t.equal(calls[0], `docker buildx imagetools create --tag ghcr.io/someone/sorted:1.2.3 ${image}`);
});

test("a tag that means another image is told", async (t) => {
  const docker = '[ "$3" = create ] || echo sha256:other';
  const { status, errors } = await runWith(t, { docker }, "release/tag-image.sh", image, "1.2.3");
  t.equal(status, 1);
  t.match(errors, "ghcr.io/someone/sorted:1.2.3 is sha256:other");
});

/** A tarball as `pnpm pack` makes it, with nothing but a manifest. */
function tarball(t: Test, name: string, version: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tarball-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "package"));
  writeFileSync(join(folder, "package/package.json"), JSON.stringify({ name, version }));
  execFileSync("tar", ["--create", "--gzip", "--file", "some.tgz", "package"], { cwd: folder });
  return join(folder, "some.tgz");
}

test("a new version is published with provenance, a preliminary one not as the latest", async (t) => {
  const commands = { npm: 'cat "$0.published"', npx: 'echo 1 >"$(dirname "$0")/npm.published"' };
  for (const [name, version, tag] of [
    ["@sorted/core", "1.2.3", "latest"],
    ["@sorted/cli", "1.3.0-beta.0", "next"],
  ] as const) {
    const path = tarball(t, name, version);
    const { status, calls } = await runWith(t, commands, "release/publish-package.sh", path);
    t.equal(status, 0);
    t.equal(calls[0], `npm view ${name}@${version} version`);
    const publication = calls.find((call) => call.startsWith("npx"));
    t.match(publication, new RegExp(`publish ${path} --access public --provenance --tag ${tag}$`));
  }
});

test("a version that is there already is left alone", async (t) => {
  const commands = { npm: "echo 1.2.3", npx: "" };
  const path = tarball(t, "@sorted/external-sort", "1.2.3");
  const { status, output, calls } = await runWith(t, commands, "release/publish-package.sh", path);
  t.equal(status, 0);
  t.equal(output, "@sorted/external-sort@1.2.3 is published already\n");
  t.equal(calls.filter((call) => call.startsWith("npx")).length, 0);
});
