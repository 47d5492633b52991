/** A real Chromium, as Debian packages it, with the page in it. */

import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Starts the browser; root needs it without its sandbox. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** A page of its own. It records what it should not do: errors, and requests to any other place. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    ...options,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // An answer with an error status is not a fault of the page.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      faults.push(message.text());
  });
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== new URL(url).origin && !["blob:", "data:"].includes(protocol)) faults.push(request.url());
  });
  await page.goto(url);
  return { page, faults };
}

/** What axe-core finds wrong with a page, one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + html + failureSummary)))`);
}

/** Waits until the page has sorted, and returns what it says. */
export async function sortedStatus(page: Page): Promise<string> {
  await page.locator('#result[aria-busy="false"]:not([data-state="empty"])').waitFor();
  return (await page.getByRole("status").textContent()) ?? "";
}
