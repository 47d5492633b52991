import { rmSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip as gzipWithCallback } from "node:zlib";
import { type BuildOptions, build } from "esbuild";
import { PAGE_FOLDER } from "../folder.ts";
import { withProblems } from "./problems.ts";

const gzip = promisify(gzipWithCallback);

const SOURCES = join(import.meta.dirname, "../src");
const ASSETS = fileURLToPath(PAGE_FOLDER);

const OPTIONS = {
  absWorkingDir: SOURCES,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  entryNames: "[name]-[hash]",
  loader: { ".svg": "copy" },
  outdir: "assets",
  write: false,
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
} as const satisfies BuildOptions;

/** The result of a build: the names of the files by the names of their sources, and the contents of the files. */
interface Built {
  readonly names: ReadonlyMap<string, string>;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly inputs: readonly string[];
}

/**
 * Builds the page, the reference and the errors for browsers. Except for the documents, the name of each file has a hash of its
 * content, so browsers may keep it for ever. Each file has its gzip next to it.
 *
 * @returns the paths of the files that went in
 */
export async function buildPage(): Promise<string[]> {
  const worker = await bundle(["worker.ts"]);
  const workerFile = worker.names.get("worker.js");
  const pages = await bundle(
    ["main.ts", "main.css", "noscript.css", "docs.ts", "docs.css", "errors.css", "icon.svg"],
    {
      WORKER_FILE: JSON.stringify(workerFile),
    },
  );
  const files = new Map([...worker.files, ...pages.files]);
  for (const name of ["index.html", "docs.html", "errors.html"]) {
    const source = await readFile(join(SOURCES, name), "utf8");
    files.set(name, Buffer.from(withNames(withProblems(source), pages.names)));
  }
  rmSync(ASSETS, { recursive: true, force: true });
  await mkdir(ASSETS);
  for (const [name, content] of files) {
    await writeFile(join(ASSETS, name), content);
    await writeFile(join(ASSETS, `${name}.gz`), await gzip(content, { level: 9 }));
  }
  return [...worker.inputs, ...pages.inputs].map((file) => join(SOURCES, file));
}

async function bundle(entries: readonly string[], define: Record<string, string> = {}): Promise<Built> {
  const { metafile, outputFiles } = await build({ ...OPTIONS, entryPoints: [...entries], define });
  return {
    files: new Map(outputFiles.map(({ path, contents }) => [basename(path), contents])),
    names: new Map(
      outputFiles.map(({ path }) => [basename(path).replace(/-[A-Z0-9]+(?=\.\w+$)/, ""), basename(path)]),
    ),
    inputs: Object.keys(metafile.inputs),
  };
}

/** A document that names its files relative to itself, so that it works behind a path prefix too. */
function withNames(html: string, names: ReadonlyMap<string, string>): string {
  return html.replace(/(?<=(?:href|src)=")(\w+\.(?:js|css|svg))(?=")/g, (name) => {
    const built = names.get(name);
    if (built === undefined) throw new Error(`the page names ${name}, which was not built`);
    return `assets/${built}`;
  });
}
