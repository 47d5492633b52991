/**
 * Substitutes for base images if no container registry can be reached. `substitute-images/Dockerfile` describes them.
 */
import { createHash } from "node:crypto";
import {
  cpSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { cached, cacheFolder } from "./cache.ts";
import { run } from "./command.ts";
import type { Docker } from "./docker.ts";

const recipe = join(import.meta.dirname, "..", "substitute-images", "Dockerfile");
const npmVersion = "11.19.1";
const lambdaAdapterVersion = "1.0.0-rc1";

/** The names of images to use instead of those that Dockerfile and compose.yaml name. */
export interface SubstituteImages {
  readonly node: string;
  readonly runtime: string;
  readonly lambdaAdapter: string;
  readonly haproxy: string;
  /** Docker Compose. It needs the daemon's socket. */
  readonly compose: string;
}

/** Makes the images that the daemon does not have yet. */
export async function substituteImages(docker: Docker): Promise<SubstituteImages> {
  const version = createHash("sha256")
    .update(`${readFileSync(recipe)} ${process.version} ${npmVersion} ${lambdaAdapterVersion}`)
    .digest("hex")
    .slice(0, 12);
  const name = (target: string): string => `sorted-substitute/${target}:${version}`;
  const targets = ["node", "runtime", "lambda-adapter", "haproxy", "compose"];
  const missing = [];
  for (const target of targets) if (!(await docker.hasImage(name(target)))) missing.push(target);
  if (missing.length > 0) {
    mkdirSync(cacheFolder, { recursive: true });
    const context = mkdtempSync(join(cacheFolder, "context-"));
    try {
      await fill(context);
      for (const target of missing)
        await docker.build({ context, dockerfile: recipe, target, tag: name(target) });
    } finally {
      rmSync(context, { recursive: true });
    }
  }
  return {
    node: name("node"),
    runtime: name("runtime"),
    lambdaAdapter: name("lambda-adapter"),
    haproxy: name("haproxy"),
    compose: name("compose"),
  };
}

/** Fills a folder with the files that the recipe copies. The first time takes minutes, and `mmdebstrap` and `cargo`. */
async function fill(context: string): Promise<void> {
  // One step waits for the network, the other for the processor.
  const [debian, npm, adapter] = await Promise.all([
    cached("debian-trixie.tar", (path) =>
      run("mmdebstrap", [
        ...["--quiet", "--variant=minbase", "--include=ca-certificates", "--format=tar"],
        ...["trixie", path],
      ]),
    ),
    cached(`npm-${npmVersion}`, async (path) => {
      mkdirSync(path);
      await run("npm", ["pack", "--silent", "--pack-destination", path, `npm@${npmVersion}`]);
    }),
    cached(`lambda-adapter-${lambdaAdapterVersion}`, (path) =>
      run("cargo", [
        ...["install", "--quiet", "--root", path],
        ...["--version", lambdaAdapterVersion, "lambda_web_adapter"],
      ]),
    ),
  ]);

  linkSync(debian, join(context, "debian.tar"));
  cpSync(join(npm, `npm-${npmVersion}.tgz`), join(context, "npm.tgz"));
  cpSync(join(adapter, "bin", "lambda-adapter"), join(context, "lambda-adapter"));
  // The Node that runs this is the one that the workspace pins.
  cpSync(realpathSync(process.execPath), join(context, "node"));
  cpSync("/etc/ssl/certs/ca-certificates.crt", join(context, "certificates.crt"));
  writeFileSync(join(context, "passwd"), "nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n");
}
