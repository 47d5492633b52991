/**
 * Bundles what the image runs into `dist/`: `pnpm build`. Each entry becomes one file that needs only Node, with a
 * source map, so that stack traces name the sources (`node --enable-source-maps`).
 */
import { writeFileSync } from "node:fs";
import { build } from "esbuild";
import { licencesOf } from "./licences.ts";

const outdir = "dist";

const { metafile } = await build({
  entryPoints: { server: "src/server.ts", healthcheck: "container/healthcheck.ts" },
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
  sourcemap: "linked",
  sourcesContent: false,
  metafile: true,
  logLevel: "warning",
});

writeFileSync(`${outdir}/THIRD-PARTY-LICENCES.txt`, licencesOf(Object.keys(metafile.inputs)));
