/** Runs the tasks in Chromium, as Debian packages it. */
import { existsSync } from "node:fs";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import type { TaskResult } from "./tasks.ts";

const CHROMIUM = "/usr/bin/chromium";

/** The results in a page of its own; undefined where there is no Chromium. */
export async function measureInChromium(rounds: number): Promise<readonly TaskResult[] | undefined> {
  if (!existsSync(CHROMIUM)) return undefined;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundle() });
    return await page.evaluate(`library.measureTasks(${rounds})`);
  } finally {
    await browser.close();
  }
}

/** The tasks and all that they import as one script, which defines `library`. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/tasks.ts`],
    bundle: true,
    minify: true,
    format: "iife",
    globalName: "library",
    platform: "browser",
    write: false,
  });
  return outputFiles.map(({ text }) => text).join("");
}
