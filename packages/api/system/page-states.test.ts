/** Each state of the page in Chromium and Firefox, behind a proxy that strips a path: axe-core finds nothing. */
import { type Browser, chromium } from "playwright-core";
import tap, { type Test, test } from "tap";
import { startServer } from "../test/process.ts";
import { accessibilityFaults, launchChromium, launchFirefox, openPage } from "./browser.ts";
import { MOST_BODY_BYTES, pageStates } from "./page-states.ts";
import { PrefixProxy } from "./prefix-proxy.ts";

const NARROWEST = 320;
const WIDEST = 2560;

async function checkStates(t: Test, browser: Browser, colorSchemes: readonly ("light" | "dark")[]) {
  t.teardown(() => browser.close());
  const { port } = await startServer(t, { MAX_BODY_BYTES: String(MOST_BODY_BYTES) });
  const proxy = new PrefixProxy(port);
  t.teardown(() => proxy.close());
  const url = await proxy.listen();
  for (const { name, reach } of pageStates) {
    await t.test(name, async (t) => {
      const { page, faults } = await openPage(browser, url);
      t.teardown(() => page.context().close());
      proxy.mode = "forward";
      await reach(page, proxy);
      for (const width of [NARROWEST, 768, 1440, WIDEST]) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        t.equal(overflow, 0, `nothing sticks out, ${width} pixels wide`);
        if (width !== NARROWEST && width !== WIDEST) continue;
        for (const colorScheme of colorSchemes) {
          // Firefox has its colours as a whole.
          if (browser.browserType() === chromium) await page.emulateMedia({ colorScheme });
          t.same(await accessibilityFaults(page), [], `${width} pixels wide, ${colorScheme}`);
        }
      }
      t.same(faults, [], "no error, and no request to anywhere else");
    });
  }
}

// Side by side: a page mostly waits for its browser.
tap.jobs = 2;
test("Chromium", { buffered: true }, async (t) => checkStates(t, await launchChromium(), ["light", "dark"]));
for (const colorScheme of ["light", "dark"] as const) {
  test(`Firefox, ${colorScheme}`, { buffered: true }, async (t) =>
    checkStates(t, await launchFirefox(colorScheme), [colorScheme]),
  );
}
