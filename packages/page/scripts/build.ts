/** Builds the page for browsers: `pnpm build:page`. */
import { buildPage } from "./bundle.ts";

await buildPage();
