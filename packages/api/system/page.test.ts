/** The page in a real browser, with a running service. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { type Test, test } from "tap";
import { startServer } from "../test/process.ts";
import { accessibilityFaults, launchChromium, openPage, sortedStatus } from "./browser.ts";
import { choose, chooseFiles, fill, numbers, sort } from "./page-actions.ts";

const browser = await launchChromium();
test("the page", async (t) => {
  t.teardown(() => browser.close());
  const { server, port } = await startServer(t);
  const url = `http://127.0.0.1:${port}/`;

  /** A test with the page in a context of its own, which must do nothing wrong. */
  const pageTest = (name: string, run: (t: Test, page: Page) => Promise<void>, options = {}) =>
    t.test(name, async (t) => {
      const { page, faults } = await openPage(browser, url, options);
      t.teardown(() => page.context().close());
      await run(t, page);
      t.same(faults, [], "no error, and no request to anywhere else");
    });

  for (const place of ["on the server", "in this browser"]) {
    pageTest(`sorts ${place}, with every option`, async (t, page) => {
      await choose(page, place);
      await fill(page, '{"x1": "[9007199254740993, 1e400]", "x2": [9007199254740992, "+4", 4.0]}');
      t.match(await sort(page), /^Read 5 numbers, in [\d.]+ ms/);
      t.same(await numbers(page), ["4", "4.0", "9007199254740992", "9007199254740993", "1e400"]);

      await choose(page, "Descending");
      await page.getByRole("checkbox", { name: "Keep equal numbers once" }).check();
      await page.getByRole("checkbox", { name: "Numbers as strings" }).check();
      await page.getByRole("textbox", { name: "Limit" }).fill("2");
      await sort(page);
      t.same(await numbers(page), ["1e400", "9007199254740993"]);
      await page.getByRole("button", { name: "Copy", exact: true }).click();
      await page.getByRole("button", { name: "Copied" }).waitFor();
      t.equal(
        await page.evaluate("navigator.clipboard.readText()"),
        '{"sorted":["1e400","9007199254740993"]}',
      );
    });

    pageTest(`shows a mistake at its place when it sorts ${place}`, async (t, page) => {
      await choose(page, place);
      await fill(page, '{"é": "3",\n "x2": true}');
      t.equal(await sort(page), "Not sorted");
      const problem = page.getByRole("alert");
      t.match(
        await problem.textContent(),
        /expected a number, found true.*Line 2, character 8 \(byte 19\).*\/x2.*NOT_A_NUMBER/,
      );
      t.equal(await problem.locator("mark").textContent(), "t");
      await page.getByRole("button", { name: "Show the error in the input" }).click();
      t.equal(await page.evaluate("getSelection().toString()"), "t");
      t.same(await accessibilityFaults(page), []);

      await fill(page, "[1]");
      await page.getByRole("textbox", { name: "Limit" }).fill("-1");
      await sort(page);
      t.match(
        await problem.textContent(),
        /the option limit must be a whole number, 0 or more.*In the option limit.*BAD_OPTION/,
      );
    });
  }

  pageTest("text and CSV go in and out", async (t, page) => {
    await fill(page, "3;1\n2");
    await choose(page, "CSV");
    t.match(await sort(page), /^Read 3 numbers/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download" }).click(),
    ]);
    t.equal(download.suggestedFilename(), "sorted.csv");
    t.equal(readFileSync(await download.path(), "utf8"), "1\r\n2\r\n3\r\n");
  });

  pageTest("a million numbers don't freeze it", async (t, page) => {
    const literals = Array.from({ length: 1_000_000 }, (_, i) => `${(i * 7919) % 1_000_000}e${(i % 7) - 3}`);
    const file = join(t.testdir(), "million.txt");
    writeFileSync(file, literals.join("\n"));
    await choose(page, "in this browser");
    await chooseFiles(page, file);
    // The page draws while its worker works. A frame that takes long would be a freeze.
    await page.evaluate(`
      globalThis.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      }).observe({ type: "longtask" });`);
    t.match(await sort(page), /^Read 1,000,000 numbers/);
    t.comment(`the longest task took ${await page.evaluate("longest")} ms`);
    t.ok((await page.locator("#rows li").count()) < 100, "only the rows in sight have elements");
    await page.evaluate('document.querySelector("#list").scrollTop = 1e9');
    await page.locator("#rows").getByText("1,000,000", { exact: true }).waitFor();
    t.equal((await numbers(page)).at(-1), "999996e3");
    await page.getByText("As a table").click();
    const counts = await page.locator("#bars td:last-child").allTextContents();
    t.equal(
      counts.reduce((sum, count) => sum + Number(count.replaceAll(",", "")), 0),
      1_000_000,
      "every number is in the picture",
    );
  });

  pageTest("shows numbers beyond doubles, of both signs", async (t, page) => {
    await fill(page, "[-1e400, -3, 0, 1e-400, 2, 5, 1e999999999, 1e-999999999]");
    await sort(page);
    const label = await page.getByRole("img", { name: /Histogram/ }).getAttribute("aria-label");
    t.match(label, /logarithmic axis/);
    t.match(await page.locator("#rule").textContent(), /Negative numbers mirror positive ones/);
    await page.getByText("As a table").click();
    t.ok((await page.locator("#bars tr").count()) >= 4);
  });

  pageTest(
    "keeps the labels of the picture apart on a narrow screen",
    async (t, page) => {
      await fill(page, "-7 -0.5 0.25 3 8 12.5 42 1e3");
      await sort(page);
      const labels = await page.locator("#chart text[text-anchor=middle]").all();
      const boxes = await Promise.all(labels.map((label) => label.boundingBox()));
      t.ok(boxes.length > 3, `${boxes.length} labels`);
      const ends = boxes
        .flatMap((box) => (box ? [{ start: box.x, end: box.x + box.width }] : []))
        .sort((a, b) => a.start - b.start);
      for (const [i, { end }] of ends.entries()) t.notOk((ends[i + 1]?.start ?? Infinity) < end + 3);
    },
    { viewport: { width: 390, height: 900 } },
  );

  pageTest("the code that it shows does the same", async (t, page) => {
    await fill(page, '["3", 1, "5", "(7,)"]');
    await choose(page, "Text");
    await choose(page, "Descending");
    const shown = async (name: string) => {
      await page.getByRole("tab", { name }).click();
      return (await page.locator("#snippet").textContent()) ?? "";
    };
    const folder = t.testdir({});
    const run = (command: string, ...parameters: string[]) =>
      execFileSync(command, parameters, {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        env: { ...process.env, SORTED_API_KEY: "any" },
      }).trim();
    const go = async () => {
      writeFileSync(join(folder, "main.go"), await shown("Go"));
      return run("go", "run", "main.go");
    };
    t.equal(run("sh", "-c", await shown("curl")), "7\n5\n3\n1");
    t.equal(run(process.execPath, "--input-type=module", "--eval", await shown("fetch")), "7\n5\n3\n1");
    t.equal(run("python3", "-c", await shown("Python")), "7\n5\n3\n1");
    await choose(page, "JSON");
    t.equal(run("python3", "-c", await shown("Python")), "[7, 5, 3, 1]");
    t.match(run(process.execPath, "--input-type=module", "--eval", await shown("fetch")), "[ 7, 5, 3, 1 ]");

    // A file with a name that needs quotation marks, and a key.
    const name = `it's "mine" $HOME.csv`;
    writeFileSync(join(folder, name), "2,1\n");
    await chooseFiles(page, join(folder, name));
    await choose(page, "Text");
    await page.getByText("API key").click();
    await page.getByLabel("Only if the service asks").fill("secret");
    for (const language of ["curl", "PowerShell", "fetch", "Python", "Go"])
      t.match(await shown(language), /SORTED_API_KEY(?!.*secret)/s, language);
    t.equal(run("sh", "-c", await shown("curl")), "2\n1");
    t.equal(run(process.execPath, "--input-type=module", "--eval", await shown("fetch")), "2\n1");
    t.equal(run("python3", "-c", await shown("Python")), "2\n1");
    t.equal(await go(), "2\n1");
    // Nothing that the checks can install runs PowerShell: only its text is compared.
    t.match(await shown("PowerShell"), `-InFile 'it''s "mine" $HOME.csv'`);
  });

  pageTest("can be used by keyboard alone", async (t, page) => {
    await page.getByRole("textbox", { name: "Your numbers" }).focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type("2 1");
    await page.keyboard.press("Control+Enter");
    t.match(await sortedStatus(page), /^Read 2 numbers/);
    await page.getByRole("tab", { name: "curl" }).focus();
    await page.keyboard.press("ArrowRight");
    t.equal(await page.getByRole("tab", { name: "PowerShell" }).getAttribute("aria-selected"), "true");
  });

  pageTest("when a part of it fails to load it says so, and tries again", async (t, page) => {
    const worker = "**/assets/worker-*";
    await page.route(worker, (route) => route.abort());
    await page.reload();
    t.equal(await sort(page), "Not sorted");
    t.match(await page.getByRole("alert").textContent(), /could not load the code that sorts/);
    await page.unroute(worker);
    t.match(await sort(page), /^Read 5 numbers/);
  });

  t.test("the reference shows the document, and asks nobody else", async (t) => {
    const { page, faults } = await openPage(browser, `${url}docs`);
    t.teardown(() => page.context().close());
    await page.getByText("Sort the numbers of a body").waitFor();
    await page.getByText("Sort the numbers of a body").click();
    await page.getByText("RFC 10008").first().waitFor();
    t.same(faults, []);
  });

  t.test("the page of the errors shows the one that a link points to, on every screen", async (t) => {
    const { page, faults } = await openPage(browser, `${url}errors#NOT_A_NUMBER`);
    t.teardown(() => page.context().close());
    const problem = page.getByRole("region", { name: "NOT_A_NUMBER" });
    t.equal(await page.locator(":target").getAttribute("id"), await problem.getAttribute("id"));
    for (const width of [320, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      const overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
      t.equal(await page.evaluate(overflow), 0, `nothing sticks out, ${width} pixels wide`);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        t.same(await accessibilityFaults(page), [], `${width} pixels wide, ${colorScheme}`);
      }
    }
    t.same(faults, []);
  });

  pageTest("once it has sorted, it does so without the service", async (t, page) => {
    await sort(page);
    server.child.kill("SIGKILL");
    await server.exits();
    await fill(page, "[2, 1]");
    t.equal(await sort(page), "Not sorted");
    t.match(await page.getByRole("alert").textContent(), /The page can't reach the service/);
    await page.getByRole("button", { name: "Sort in this browser" }).click();
    await page.getByText(/^Read 2 numbers/).waitFor();
    t.same(await numbers(page), ["1", "2"]);
  });
});
