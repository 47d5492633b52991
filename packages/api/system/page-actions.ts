/** What a user does with the page, by the names that the page gives its parts. */
import type { Page } from "playwright-core";
import { sortedStatus } from "./browser.ts";

/** Types a text into the input. */
export function fill(page: Page, text: string): Promise<void> {
  return page.getByRole("textbox", { name: "Your numbers" }).fill(text);
}

/** Chooses one of several, such as "Descending". */
export function choose(page: Page, name: string): Promise<void> {
  return page.getByRole("radio", { name }).check();
}

/** Gives files to the page: paths, or names with contents. */
export async function chooseFiles(page: Page, ...files: (string | { name: string; text: string })[]) {
  const given = files.map((file) =>
    typeof file === "string"
      ? file
      : { name: file.name, mimeType: "application/octet-stream", buffer: Buffer.from(file.text) },
  );
  const chooser = page.getByLabel("choose some");
  if (given.every((one) => typeof one === "string")) await chooser.setInputFiles(given);
  else await chooser.setInputFiles(given.filter((one) => typeof one !== "string"));
  await page.getByRole("list", { name: "Files" }).waitFor();
}

/** Presses Sort, and returns what the page says when it has sorted. */
export async function sort(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Sort", exact: true }).click();
  return sortedStatus(page);
}

/** The sorted numbers in sight. */
export function numbers(page: Page): Promise<string[]> {
  return page.locator("#rows .literal").allTextContents();
}
