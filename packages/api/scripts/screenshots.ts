/** Takes the pictures of the page that the documents show, in a real Chromium: `pnpm screenshots`. */
import { fileURLToPath } from "node:url";
import { buildApp } from "../src/app.ts";
import { readConfig } from "../src/config/config.ts";
import { launchChromium, openPage, sortedStatus } from "../system/browser.ts";

const pictures = [
  { name: "page-light", sample: "A million numbers", colorScheme: "light", width: 1280 },
  { name: "page-dark", sample: "A million numbers", colorScheme: "dark", width: 1280 },
  { name: "page-narrow", sample: "A mistake", colorScheme: "light", width: 390 },
] as const;

const app = await buildApp(readConfig({ LOG_LEVEL: "silent" }));
await app.warmUp();
const url = await app.listen({ host: "127.0.0.1", port: 3000 });
const browser = await launchChromium();
for (const { name, sample, colorScheme, width } of pictures) {
  const { page } = await openPage(browser, url, { colorScheme, viewport: { width, height: 900 } });
  await page.getByRole("button", { name: sample }).click();
  console.log(`${name}: ${await sortedStatus(page)}`);
  const path = fileURLToPath(new URL(`../../../docs/${name}.png`, import.meta.url));
  // Without the focus ring and the hover of the button.
  await page.evaluate("document.activeElement.blur()");
  await page.mouse.move(0, 0);
  await page.screenshot({ path, fullPage: true });
}
await browser.close();
await app.close();
