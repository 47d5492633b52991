/** The states that a user can find the page in, and how they come about. */
import type { Page } from "playwright-core";
import { sortedStatus } from "./browser.ts";
import { chooseFiles, fill, sort } from "./page-actions.ts";
import type { PrefixProxy } from "./prefix-proxy.ts";

/** The service behind the proxy must refuse bodies that are larger. */
export const MOST_BODY_BYTES = 1_000_000;
/** More than sockets take from a client before the proxy reads. */
const MANY_BYTES = 12_000_000;

export interface PageState {
  readonly name: string;
  /** Brings the page, as it opens, to this state. */
  reach(page: Page, proxy: PrefixProxy): Promise<void>;
}

export const pageStates: readonly PageState[] = [
  { name: "empty", reach: async () => undefined },
  {
    name: "sorting",
    async reach(page, proxy) {
      proxy.mode = "hold";
      await chooseFiles(page, { name: "measurements.txt", text: "1234567\n".repeat(MANY_BYTES / 8) });
      await page.getByRole("button", { name: "Sort", exact: true }).click();
      await page.getByText(/^Sent [\d.]+ of 12.0 MB/).waitFor();
    },
  },
  {
    name: "result",
    async reach(page) {
      await fill(page, "[9007199254740993, -0.5, 3, 9007199254740992, 12.25, 0.1, 3.0, 1e15, 42]");
      await sort(page);
    },
  },
  {
    name: "stale",
    async reach(page) {
      await fill(page, "item,price\ntea,2.50\nmilk,1.25\nbread,4.80\n");
      await sort(page);
      await page.getByRole("textbox", { name: "Limit" }).fill("2");
      await page.getByText("have changed").waitFor();
    },
  },
  {
    name: "error",
    async reach(page) {
      await page.getByRole("button", { name: "A mistake" }).click();
      await sortedStatus(page);
    },
  },
  {
    name: "too-large",
    async reach(page) {
      await page.getByRole("button", { name: "A million numbers" }).click();
      await page.getByRole("button", { name: "Sort in this browser" }).waitFor();
    },
  },
  {
    name: "offline",
    async reach(page, proxy) {
      proxy.mode = "down";
      await sort(page);
    },
  },
];
