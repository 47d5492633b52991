/** A real Chromium and a real Firefox, as Debian packages them, with the page in them. */

import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, firefox, type Page } from "playwright-core";

/** Starts the browser; root needs it without its sandbox. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
}

/** Starts Firefox, driven by WebDriver BiDi. That can't change the colours of a page: the browser has them as a whole. */
export function launchFirefox(colorScheme: "light" | "dark"): Promise<Browser> {
  return firefox.launch({
    channel: "moz-firefox",
    executablePath: "/usr/bin/firefox-esr",
    firefoxUserPrefs: { "layout.css.prefers-color-scheme.content-override": colorScheme === "dark" ? 0 : 1 },
  });
}

/** A page of its own. It records what it should not do: errors, and requests to any other place. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    ...options,
    // Firefox asks its user each time.
    ...(browser.browserType() === chromium && { permissions: ["clipboard-read", "clipboard-write"] }),
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
