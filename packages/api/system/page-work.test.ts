/** What one works with on the page, in Chromium and in Firefox, behind a proxy that strips a path. */
import { createHash } from "node:crypto";
import { type Browser, chromium, type Page } from "playwright-core";
import tap, { type Test, test } from "tap";
import { startServer } from "../test/process.ts";
import { launchChromium, launchFirefox, openPage } from "./browser.ts";
import { choose, chooseFiles, fill, numbers, sort } from "./page-actions.ts";
import { MOST_BODY_BYTES, pageStates } from "./page-states.ts";
import { PrefixProxy } from "./prefix-proxy.ts";

const KEY = "a-key-for-this-test";

const input = (page: Page) => page.getByRole("textbox", { name: "Your numbers" });
const notice = (page: Page) => page.getByText("this is not their result");

async function checkWork(t: Test, browser: Browser) {
  t.teardown(() => browser.close());
  const { port } = await startServer(t, { MAX_BODY_BYTES: String(MOST_BODY_BYTES) });
  const proxy = new PrefixProxy(port);
  t.teardown(() => proxy.close());
  const url = await proxy.listen();

  const pageTest = (name: string, run: (t: Test, page: Page) => Promise<void>) =>
    t.test(name, async (t) => {
      proxy.mode = "forward";
      const { page, faults } = await openPage(browser, url);
      t.teardown(() => page.context().close());
      await run(t, page);
      t.same(faults, [], "no error, and no request to anywhere else");
    });

  pageTest("a result is marked as soon as it is not that of the input and the options", async (t, page) => {
    await fill(page, "3 1 3");
    await page.getByRole("checkbox", { name: "Keep equal numbers once" }).check();
    t.match(await sort(page), /^Read 3 numbers, kept 2, in /);
    t.notOk(await notice(page).isVisible());
    await fill(page, "3 1 3 2");
    await notice(page).waitFor();
    t.ok(await page.getByRole("heading", { name: "Statistics before the change" }).isVisible());
    await fill(page, "3 1 3");
    await notice(page).waitFor({ state: "hidden" });
    await choose(page, "Descending");
    await notice(page).waitFor();
    await page.getByRole("button", { name: "Sort again" }).click();
    await notice(page).waitFor({ state: "hidden" });
    t.same(await numbers(page), ["3", "1"]);
  });

  pageTest("the statistics are exact", async (t, page) => {
    await fill(page, "[9007199254740993, 0.1, 0.2, 0.20]");
    await sort(page);
    const figures = await page.locator("#figures div").allInnerTexts();
    t.same(Object.fromEntries(figures.map((figure) => figure.split(/\n+/))), {
      Numbers: "4",
      Distinct: "3",
      Minimum: "0.1",
      Median: "0.2",
      Mean: "2251799813685248.375",
      Maximum: "9007199254740993",
      "Exact sum": "9007199254740993.5",
    });
  });

  pageTest(
    "of a pasted table it asks which column, and proposes the only one with numbers",
    async (t, page) => {
      await fill(page, "item\tprice\tpieces\ntea\t2.50\t3\nmilk\t1.25\t12\n");
      const column = page.getByLabel("Which column?");
      await page.getByRole("button", { name: "Sort", exact: true }).click();
      t.ok(
        await column.evaluate("document.activeElement.id === 'column'"),
        "it does not sort without a column",
      );
      await column.selectOption("pieces");
      await sort(page);
      t.same(await numbers(page), ["3", "12"]);
      await fill(page, "item;price\ntea;2,50\nmilk;1,25\n");
      await choose(page, "Comma");
      await sort(page);
      t.same(await numbers(page), ["1.25", "2.50"]);
    },
  );

  pageTest("one member of each record, and what is empty is skipped", async (t, page) => {
    await fill(page, '[{"id":7,"price":3},{"id":8,"price":null},{"id":9,"price":1}]');
    await page.getByRole("textbox", { name: "Field" }).fill("price");
    await page.getByRole("checkbox", { name: "Skip what is empty" }).check();
    await sort(page);
    t.same(await numbers(page), ["1", "3"]);
  });

  pageTest("several files are one input, and an error names its file", async (t, page) => {
    const files = [
      { name: "a.csv", text: "item,n\nx,3\n" },
      { name: "b.csv", text: "item,n\ny,1" },
      { name: "c.csv", text: "item,n\nz,2\n" },
    ];
    await chooseFiles(page, ...files);
    t.match(await sort(page), /^Read 3 numbers/);
    t.same(await numbers(page), ["1", "2", "3"]);
    await chooseFiles(page, ...files.slice(0, 2), { name: "d.csv", text: "item,n\nw,4\nv,many\n" });
    await notice(page).waitFor();
    await sort(page);
    t.match(await page.getByRole("alert").textContent(), /many.*In d\.csv: line 3, character 3\./);
    await page.getByRole("button", { name: "Remove" }).click();
    t.equal(await input(page).inputValue(), "");
  });

  pageTest("each file must be right by itself, though they would be right when joined", async (t, page) => {
    await chooseFiles(page, { name: "a.json", text: "[1" }, { name: "b.json", text: "2]" });
    t.ok(await page.getByText("A reload forgets these files").isVisible());
    t.equal(await sort(page), "Not sorted");
    t.match(
      await page.getByRole("alert").textContent(),
      /end of the input.*In a\.json: line 1, character 3\./,
    );
    await chooseFiles(page, { name: "a.json", text: "[1]" }, { name: "b.json", text: "[2]" });
    t.match(await sort(page), /^Read 2 numbers/);
    await chooseFiles(page, { name: "a.json", text: "[1]" });
    t.notOk(await page.getByText("A reload forgets these files").isVisible(), "it keeps a small file");
  });

  pageTest("files can be dropped", async (t, page) => {
    await page.evaluate(`
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["2"], "a.txt"));
      dataTransfer.items.add(new File(["1"], "b.txt"));
      document.querySelector("#numbers").dispatchEvent(
        new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }),
      );`);
    await page.getByRole("list", { name: "Files" }).getByText("b.txt").waitFor();
    await sort(page);
    t.same(await numbers(page), ["1", "2"]);
  });

  pageTest("a small file can be edited, and the code has its name", async (t, page) => {
    await chooseFiles(page, { name: "my numbers.txt", text: "2 1" });
    t.match(await page.locator("#snippet").textContent(), /--data-binary '@my numbers\.txt'/);
    await page.getByRole("button", { name: "Edit as text" }).click();
    t.equal(await input(page).inputValue(), "2 1");
  });

  pageTest("what the service refuses as too large the browser sorts", async (t, page) => {
    await page.getByRole("button", { name: "A million numbers" }).click();
    await page.getByRole("button", { name: "Sort in this browser" }).click();
    await page.getByText(/^Read 1,000,000 numbers.* in this browser$/).waitFor();
    t.ok(await page.getByRole("radio", { name: "in this browser" }).isChecked());
  });

  pageTest("a sort that takes too long can be given up", async (t, page) => {
    await pageStates.find(({ name }) => name === "sorting")?.reach(page, proxy);
    await page.getByRole("button", { name: "Cancel" }).click();
    t.equal(await sortedOrCancelled(page), "Cancelled");
    t.ok(await proxy.isGivenUp());
    proxy.mode = "forward";
    await page.getByRole("button", { name: "Remove" }).click();
    await fill(page, "2 1");
    t.match(await sort(page), /^Read 2 numbers/, "it sorts again");
  });

  pageTest("a reload keeps the input, the options and the key; Clear forgets the input", async (t, page) => {
    await fill(page, "a\tb\n1\t2\n3\t4\n");
    await page.getByLabel("Which column?").selectOption("b");
    await choose(page, "CSV");
    await page.getByText("API key").click();
    await page.getByLabel("Only if the service asks").fill(KEY);
    await page.reload();
    t.equal(await input(page).inputValue(), "a\tb\n1\t2\n3\t4\n");
    t.ok(await page.getByRole("radio", { name: "CSV" }).isChecked());
    t.equal(await page.getByLabel("Which column?").inputValue(), "b");
    t.equal(await page.getByLabel("Only if the service asks").inputValue(), KEY);
    await chooseFiles(page, { name: "a.csv", text: "\ufeffn\r\n2\r\n1\r\n" });
    await page.reload();
    await page.getByRole("list", { name: "Files" }).getByText("a.csv").waitFor();
    await sort(page);
    t.same(await numbers(page), ["1", "2"], "a small file is kept, too");
    await page.getByRole("button", { name: "Clear" }).click();
    await page.reload();
    t.equal(await input(page).inputValue(), "");
    t.same(await page.evaluate("Object.keys(localStorage)"), [], "only this tab has it");
  });

  pageTest("a link carries a small input and the options, and not the key", async (t, page) => {
    const link = `${url}#${new URLSearchParams({ input: "a\tb\n1\t2\n3\t4", order: "desc", column: "a", header: "present" })}`;
    await page.goto(link);
    await page.getByText("Which column?").waitFor();
    t.equal(page.url(), url, "the address does not keep what the user may change");
    await sort(page);
    t.same(await numbers(page), ["3", "1"]);
    if (browser.browserType() !== chromium) return;
    await page.getByText("API key").click();
    await page.getByLabel("Only if the service asks").fill(KEY);
    await page.getByRole("button", { name: "Copy a link" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = new URL(String(await page.evaluate("navigator.clipboard.readText()")));
    t.same(Object.fromEntries(new URLSearchParams(copied.hash.slice(1))), {
      input: "a\tb\n1\t2\n3\t4",
      order: "desc",
      column: "a",
      header: "present",
    });
    t.equal(copied.search, "", "no server sees it");
    const other = await openPage(browser, copied.href);
    await sort(other.page);
    t.same(await numbers(other.page), ["3", "1"], "it opens in another browser");
    t.equal(await other.page.getByLabel("Only if the service asks").inputValue(), "");
    await other.page.context().close();
    await fill(page, "1".repeat(5000));
    t.ok(
      await page.getByRole("button", { name: "Copy a link" }).isDisabled(),
      "of a large input there is no link",
    );
  });

  t.test("where the service wants a key, the page asks for it", async (t) => {
    const { port } = await startServer(t, { API_KEYS: createHash("sha256").update(KEY).digest("hex") });
    const { page, faults } = await openPage(browser, `http://127.0.0.1:${port}/`);
    t.teardown(() => page.context().close());
    await page.getByLabel("Only if the service asks").waitFor();
    for (const language of ["curl", "PowerShell", "fetch", "Python", "Go"]) {
      await page.getByRole("tab", { name: language }).click();
      t.match(
        await page.locator("#snippet").textContent(),
        "SORTED_API_KEY",
        `${language}: where the key goes`,
      );
    }
    await page.getByRole("tab", { name: "curl" }).click();
    await sort(page);
    t.match(await page.getByRole("alert").textContent(), /API key/);
    t.equal(await page.evaluate("document.activeElement.id"), "key");
    await page.keyboard.type(KEY);
    await page.keyboard.press("Enter");
    await page.getByText(/^Read 5 numbers/).waitFor();
    const code = await page.locator("#snippet").textContent();
    t.match(code, /Authorization: Bearer \$SORTED_API_KEY/);
    t.notMatch(code, KEY);
    t.same(faults, []);
  });
}

async function sortedOrCancelled(page: Page): Promise<string> {
  await page.locator('#result[aria-busy="false"]').waitFor();
  return (await page.getByRole("status").textContent()) ?? "";
}

// Side by side: a page mostly waits for its browser.
tap.jobs = 2;
test("Chromium", { buffered: true }, async (t) => checkWork(t, await launchChromium()));
test("Firefox", { buffered: true }, async (t) => checkWork(t, await launchFirefox("light")));

test("without JavaScript the page sorts small input", async (t) => {
  const { port } = await startServer(t);
  const browser = await launchChromium();
  t.teardown(() => browser.close());
  const proxy = new PrefixProxy(port);
  t.teardown(() => proxy.close());
  const { page, faults } = await openPage(browser, await proxy.listen(), { javaScriptEnabled: false });
  t.notOk(await page.locator("#form").isVisible(), "nothing that needs JavaScript");
  t.match(
    await page.getByRole("region", { name: "without JavaScript" }).textContent(),
    /API key.*can't send/,
  );
  await page.getByLabel("separated by commas").fill("10\n9, -1");
  await page.getByRole("button", { name: "Sort descending" }).click();
  t.equal(await page.locator("body").textContent(), '{"sorted":[10,9,-1]}');
  await page.goBack();
  await page.getByLabel("Or a file").setInputFiles({
    name: "n.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("2;1"),
  });
  await page.getByRole("button", { name: "Sort the file" }).click();
  t.equal(await page.locator("body").textContent(), '{"sorted":[1,2]}');
  t.same(faults, []);
});

test("it prints the whole input and the whole answer", async (t) => {
  const { port } = await startServer(t);
  const browser = await launchChromium();
  t.teardown(() => browser.close());
  const { page } = await openPage(browser, `http://127.0.0.1:${port}/`);
  await fill(page, Array.from({ length: 500 }, (_, i) => 500 - i).join("\n"));
  await sort(page);
  await page.evaluate(`addEventListener("beforeprint", () => {
    globalThis.printed = document.querySelector("#print-numbers").textContent;
  })`);
  await choose(page, "Descending");
  const pdf = await page.pdf();
  t.match(pdf.subarray(0, 5).toString(), "%PDF-");
  t.equal(await page.evaluate("printed"), Array.from({ length: 500 }, (_, i) => i + 1).join("\n"));
  t.notOk(await page.locator("#print").isVisible(), "only on paper");
  await page.emulateMedia({ media: "print" });
  t.ok(await page.locator("#print").isVisible());
  t.ok(await notice(page).isVisible(), "that it is the result of other options");
  t.notOk(await page.locator("#list").isVisible(), "not only what is in sight");
});
