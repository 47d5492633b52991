/** Takes the pictures of the page that the documents show, in a real Chromium: `pnpm screenshots`. */
import { writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { buildApp } from "../src/app.ts";
import { readConfig } from "../src/config/config.ts";
import { launchChromium, openPage, sortedStatus } from "../system/browser.ts";
import { MOST_BODY_BYTES, pageStates } from "../system/page-states.ts";
import { PrefixProxy } from "../system/prefix-proxy.ts";

/** WebP's: text stays sharp, and a picture takes tens of kilobytes. */
const QUALITY = 80;

const DOCUMENTS = new URL("../../../docs/", import.meta.url);

/** The pictures beside those of the states. */
const pictures = [
  { name: "page-light", sample: "A million numbers", colorScheme: "light", width: 1280 },
  { name: "page-dark", sample: "A million numbers", colorScheme: "dark", width: 1280 },
  { name: "page-narrow", sample: "A mistake", colorScheme: "light", width: 390 },
] as const;

/** @param below what the picture leaves out at the bottom begins with this; without it, the picture is of the whole page */
async function takePicture(page: Page, name: string, below?: string): Promise<void> {
  // From the top, without the focus ring and the hover of the button.
  await page.evaluate("scrollTo(0, 0), document.activeElement.blur()");
  await page.mouse.move(0, 0);
  const session = await page.context().newCDPSession(page);
  const { cssContentSize } = await session.send("Page.getLayoutMetrics");
  const end = below === undefined ? undefined : await page.getByRole("region", { name: below }).boundingBox();
  const height = end?.y ?? cssContentSize.height;
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
    captureBeyondViewport: true,
    clip: { ...cssContentSize, height, scale: 1 },
  });
  await writeFile(new URL(`${name}.webp`, DOCUMENTS), data, "base64");
}

const browser = await launchChromium();

const app = await buildApp(readConfig({ LOG_LEVEL: "silent" }));
await app.warmUp();
// The pictures show this address.
const url = await app.listen({ host: "127.0.0.1", port: 3000 });
for (const { name, sample, colorScheme, width } of pictures) {
  const { page } = await openPage(browser, url, { colorScheme, viewport: { width, height: 900 } });
  await page.getByRole("button", { name: sample }).click();
  console.log(`${name}: ${await sortedStatus(page)}`);
  await takePicture(page, name);
  await page.context().close();
}
await app.close();

const small = await buildApp(readConfig({ LOG_LEVEL: "silent", MAX_BODY_BYTES: String(MOST_BODY_BYTES) }));
await small.warmUp();
await small.listen({ host: "127.0.0.1", port: 0 });
const { port } = small.server.address() as AddressInfo;
const proxy = new PrefixProxy(port);
const prefixed = await proxy.listen();
for (const { name, reach } of pageStates) {
  proxy.mode = "forward";
  const { page } = await openPage(browser, prefixed, { viewport: { width: 1100, height: 800 } });
  await reach(page, proxy);
  console.log(`page-${name}`);
  await takePicture(page, `page-${name}`, "The same in code");
  await page.context().close();
}
proxy.close();
await small.close();
await browser.close();
