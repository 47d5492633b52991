#!/usr/bin/env node
/** The command `sorted`. An old Node lacks modules that it imports: they are loaded only after a look at the version. */
import { oldNode } from "@sorted/external-sort/node-version";
import { EXIT } from "./exit-status.ts";

const old = oldNode();
if (old === undefined) {
  const { run } = await import("./run.ts");
  process.exitCode = await run(process.argv.slice(2));
} else {
  console.error(`sorted: ${old}`);
  process.exitCode = EXIT.system;
}
