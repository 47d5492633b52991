/**
 * Bundles what the image runs into `dist/`: `pnpm build`. Each entry becomes one file that needs only Node, with a
 * source map, by which stack traces name the sources.
 */
import { cpSync, rmSync, writeFileSync } from "node:fs";
import { PAGE_FOLDER } from "@sorted/page";
import { buildPage } from "@sorted/page/bundle";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { licencesOf } from "./licences.ts";

const outdir = "dist";
rmSync(outdir, { recursive: true, force: true });

/**
 * Makes `import … from "node:http"` a `require`. An `import` asks the module for everything that it exports, also for
 * its WebSocket, which loads all of undici: some 30 ms of each start.
 */
const lazyHttp: Plugin = {
  name: "lazy http",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:http$/ }, ({ kind }) =>
      kind === "import-statement" ? { path: "node:http", namespace: "required" } : undefined,
    );
    onLoad({ filter: /^/, namespace: "required" }, () => ({
      contents: 'module.exports = require("node:http");',
    }));
  },
};

/** Bundles `entries`, and returns the paths of the files that went in. */
async function bundle(entries: Record<string, string>): Promise<string[]> {
  const options = {
    entryPoints: entries,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // Fastify and others are CommonJS and call `require`, which an ES module does not have.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    plugins: [lazyHttp],
    inject: ["container/stack-traces.ts"],
    splitting: true,
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    logLevel: "warning",
  } as const satisfies BuildOptions;
  const { metafile } = await build(options);
  return Object.keys(metafile.inputs);
}

const inputs = [
  ...(await buildPage()),
  ...(await bundle({
    server: "src/server.ts",
    "sort-thread": "src/sorting/sort-thread.ts",
    "telemetry-sdk": "src/telemetry/telemetry-sdk.ts",
    healthcheck: "container/healthcheck.ts",
  })),
];

cpSync(PAGE_FOLDER, `${outdir}/assets`, { recursive: true });
writeFileSync(`${outdir}/THIRD-PARTY-LICENCES.txt`, licencesOf(inputs));
