/** Builds the page for browsers: `pnpm build:page`. */
import { buildPage } from "./page.ts";

await buildPage();
