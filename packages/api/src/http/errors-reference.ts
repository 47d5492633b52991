import { problemDefinitions } from "@sorted/contract";

const INTRODUCTION =
  "Every error is a problem document (RFC 9457) of the type `application/problem+json`: `type`, `title`, `status`, `detail` and `code`. Where the fault has a place, there are also `offset` (byte of the body, from 0), `pointer` (JSON Pointer, RFC 6901, of the value; left out when longer than 1 KiB), `line` (of a text, from 1) or `parameter` (of the query string). Of several faults the first is reported. The codes are stable.";

const definitions = Object.entries(problemDefinitions);

/** What every problem means, for the repository: `docs/errors.md`. */
export function errorsMarkdown(): string {
  const sections = definitions.map(
    ([code, { status, title, description }]) => `## ${code}\n\n**${status}**: ${title}.\n\n${description}\n`,
  );
  return ["# Errors\n", `${INTRODUCTION}\n`, ...sections].join("\n");
}

/** The same for a browser: where the `type` of a problem leads. */
export function errorsHtml(): string {
  const sections = definitions.map(
    ([code, { status, title, description }]) =>
      `<h2 id="${code}">${code}</h2>\n<p><strong>${status}</strong>: ${toHtml(title)}.</p>\n<p>${toHtml(description)}</p>`,
  );
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    "<title>Errors of Sorted</title>",
    "<h1>Errors</h1>",
    `<p>${toHtml(INTRODUCTION)}</p>`,
    ...sections,
    "</html>\n",
  ].join("\n");
}

function toHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/`([^`]*)`/g, "<code>$1</code>");
}
