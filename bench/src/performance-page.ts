import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PAGE = join(import.meta.dirname, "../../docs/performance.md");

const read = () => (existsSync(PAGE) ? readFileSync(PAGE, "utf8") : "# Performance\n");

/** The sections of the page, each with its heading. */
const sections = (text: string) => text.split(/^(?=## )/m).filter((part) => part.startsWith("## "));

/** Replaces one section of `docs/performance.md`, or adds it at the end. */
export function writeSection(title: string, body: string): void {
  const section = `## ${title}\n\n${body}\n`;
  const text = read();
  const old = sections(text).find((one) => one.startsWith(`## ${title}\n`));
  writeFileSync(
    PAGE,
    old === undefined ? `${text}\n${section}` : text.replace(old, () => `${section}\n`).replace(/\n+$/, "\n"),
  );
}

/** Writes the page anew, and keeps the sections that it does not have. */
export function writePage(page: string): void {
  const titles = sections(page).map((section) => section.split("\n", 1)[0]);
  const kept = sections(read()).filter((section) => !titles.includes(section.split("\n", 1)[0]));
  writeFileSync(PAGE, [page, ...kept].join("\n").replace(/\n+$/, "\n"));
}
