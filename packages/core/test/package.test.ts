import { execSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { test } from "tap";
import { extract } from "tar";

const PACKAGE = join(import.meta.dirname, "..");

/** Where the examples and the programs of the tests stand: a project of somebody else, with the package installed. */
const project = mkdtempSync(join(tmpdir(), "sorted-core-"));
const installed = join(project, "node_modules/@sorted/core");

/** Runs a command and returns what it printed; throws with all of that if it fails. */
function run(command: string, folder: string): string {
  return execSync(command, { cwd: folder, encoding: "utf8", stdio: "pipe" });
}

const DOCUMENT = '{"x1":"[3, 10, -2.5]","x2":"7","x3":1}';
const ANSWER = '{"sorted":[-2.5,1,3,7,10]}';

test("the package", async (t) => {
  t.teardown(() => rmSync(project, { recursive: true }));

  run(`pnpm pack --pack-destination "${project}"`, PACKAGE);
  const tarball = join(project, readdirSync(project).find((name) => name.endsWith(".tgz")) ?? "");
  mkdirSync(installed, { recursive: true });
  await extract({ file: tarball, cwd: installed, strip: 1 });
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');

  t.test("holds each module with its types, the README and the licence", async (t) => {
    const modules = readdirSync(join(PACKAGE, "src"))
      .filter((name) => !name.endsWith(".test.ts"))
      .map((name) => name.replace(/\.ts$/, ""));
    const built = modules.flatMap((name) => [`${name}.d.ts`, `${name}.js`]);
    t.strictSame(readdirSync(installed).sort(), ["LICENSE", "README.md", "dist", "package.json"]);
    t.strictSame(readdirSync(join(installed, "dist")).sort(), [...built, "commonjs"].sort());
  });

  t.test("needs no other package", async (t) => {
    const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    t.notOk(
      "dependencies" in manifest || "peerDependencies" in manifest || "optionalDependencies" in manifest,
    );
  });

  t.test("is accepted by publint", async (t) => {
    t.match(run(`pnpm run publint "${tarball}"`, PACKAGE), "All good!");
  });

  t.test("is accepted by arethetypeswrong", async (t) => {
    t.match(run(`pnpm run attw "${tarball}"`, PACKAGE), "🟢");
  });

  t.test("has types with which the README's examples compile, with nothing of Node", async (t) => {
    const readme = readFileSync(join(installed, "README.md"), "utf8");
    const examples = Array.from(readme.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = ""]) => code);
    examples.forEach((code, i) => {
      writeFileSync(join(project, `example-${i}.ts`), `${code}\nexport {};\n`);
    });
    const compilerOptions = {
      noEmit: true,
      strict: true,
      module: "nodenext",
      lib: ["es2024", "dom"],
      types: [],
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    run(`pnpm exec tsc -p "${project}"`, PACKAGE);
    t.pass(`${examples.length} examples`);
  });

  t.test("runs where it is installed", async (t) => {
    writeFileSync(
      join(project, "program.js"),
      `import { sortJson } from "@sorted/core";
       process.stdout.write(sortJson(${JSON.stringify(DOCUMENT)}).toBytes());`,
    );
    t.equal(run(`"${process.execPath}" program.js`, project), ANSWER);
  });

  t.test("can be required, as the same instance that is imported", async (t) => {
    writeFileSync(
      join(project, "program.cjs"),
      `const required = require("@sorted/core");
       import("@sorted/core").then((imported) => console.log(imported.SortedError === required.SortedError));`,
    );
    t.equal(run(`"${process.execPath}" program.cjs`, project), "true\n");
  });

  t.test("is as small as the README says", async (t) => {
    const readme = readFileSync(join(installed, "README.md"), "utf8");
    const [, packed, minified, compressed] =
      /(\d+) KB packed; (\d+) KB minified for a browser, (\d+) KB with gzip/.exec(readme) ?? [];
    const { outputFiles } = await build({
      stdin: { contents: 'export * from "@sorted/core"', resolveDir: project },
      bundle: true,
      format: "esm",
      minify: true,
      write: false,
    });
    const [bundle] = outputFiles;
    const isAbout = (bytes: number, stated: string | undefined) => {
      const share = bytes / 1000 / Number(stated);
      t.ok(share <= 1 && share > 0.9, `${bytes} bytes are somewhat less than ${stated} KB`);
    };
    const code = bundle?.contents ?? new Uint8Array();
    isAbout(statSync(tarball).size, packed);
    isAbout(code.length, minified);
    isAbout(gzipSync(code).length, compressed);
  });

  t.test("runs in a browser's bundle, with no global of Node", async (t) => {
    const { outputFiles } = await build({
      stdin: { contents: 'export * from "@sorted/core"', resolveDir: project },
      bundle: true,
      format: "iife",
      globalName: "sorted",
      minify: true,
      platform: "browser",
      write: false,
    });
    const browser = createContext({ TextEncoder, TextDecoder, atob });
    for (const { text } of outputFiles) runInContext(text, browser);
    const inBrowser = (code: string): unknown => runInContext(code, browser);
    t.equal(inBrowser("typeof process + typeof Buffer + typeof require"), "undefined".repeat(3));
    t.equal(
      inBrowser(`new TextDecoder().decode(sorted.sortJson(${JSON.stringify(DOCUMENT)}).toBytes())`),
      ANSWER,
    );
    t.equal(inBrowser('[...sorted.sortText("2\\n10\\n1").literals()].join()'), "1,2,10");
    t.equal(inBrowser("sorted.sortNumbers({ a: [3, 1], b: new Float64Array([2]) }).join()"), "1,2,3");
    t.equal(inBrowser('["1e400", 1n].sort(sorted.compareNumbers).join()'), "1,1e400");
    t.equal(
      inBrowser(
        'try { sorted.sortJson("[1,x]") } catch (error) { [error instanceof sorted.SortedError, error.code, error.offset].join() }',
      ),
      "true,INVALID_JSON,3",
    );
  });
});
