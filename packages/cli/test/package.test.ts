/** What npm gets: packed, installed without a network, and run as users run it. */
import { execSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "tap";
import { Folder } from "./sorted.ts";

const PACKAGE = join(import.meta.dirname, "..");

test("the package", async (t) => {
  const folder = new Folder(t);
  /** Runs a command in the folder and returns what it wrote; throws with all of that if it fails. */
  const run = (command: string, cwd = folder.path) =>
    execSync(command, { cwd, encoding: "utf8", stdio: "pipe" });
  // The build was made before the tests.
  run(`pnpm pack --ignore-scripts --pack-destination '${folder.path}'`, PACKAGE);
  const tarball = folder.names().find((name) => name.endsWith(".tgz")) ?? "";

  t.test("is installed with nothing else, and has a man page", async (t) => {
    writeFileSync(join(folder.path, "package.json"), "{}");
    run(`npm install --offline --no-audit --no-fund ./${tarball}`);
    const modules = join(folder.path, "node_modules");
    t.same(
      readdirSync(modules).filter((name) => !name.startsWith(".")),
      ["@sorted"],
    );
    t.same(readdirSync(join(modules, "@sorted")), ["cli"]);
    const manifest = JSON.parse(readFileSync(join(modules, "@sorted/cli/package.json"), "utf8"));
    t.notOk("dependencies" in manifest);
    t.ok(existsSync(join(modules, "@sorted/cli", manifest.man)));
  });

  t.test("nothing that an old Node lacks is loaded before the look at its version", async (t) => {
    const dist = join(folder.path, "node_modules/@sorted/cli/dist");
    const main = readFileSync(join(dist, "main.js"), "utf8");
    const loaded = Array.from(main.matchAll(/^\} from "(.*)";$/gm), ([, path = ""]) => path);
    t.ok(loaded.length > 0);
    for (const path of loaded) t.notMatch(readFileSync(join(dist, path), "utf8"), /\bfrom "|\bimport /, path);
  });

  t.test("npx runs it where it is installed", async (t) => {
    t.equal(run("printf '10 9 1' | npx --offline sorted"), "1\n9\n10\n");
  });

  t.test("npx runs it from the tarball", async (t) => {
    t.equal(
      run(`printf '10 9 1' | npx --offline --yes --package ./${tarball} -- sorted --order desc`),
      "10\n9\n1\n",
    );
  });

  t.test("its threads run, too", async (t) => {
    // More than what is sorted without a thread.
    run("seq 1500000 -1 1 > numbers && npx --offline sorted numbers -o numbers");
    t.equal(run("head -n 2 numbers; tail -n 1 numbers"), "1\n2\n1500000\n");
  });
});
