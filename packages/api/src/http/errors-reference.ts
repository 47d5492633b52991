import { problemDefinitions } from "@sorted/contract";

const INTRODUCTION =
  "The service answers every error with a problem document (RFC 9457) of the type `application/problem+json`. It has the members `type`, `title`, `status`, `detail` and `code`. If the error has a place in the input, it also has `offset` (the byte of the body, from 0), `pointer` (the JSON Pointer of the value, RFC 6901; left out if it is longer than 1 KiB), `line` (of a text, from 1), `column` (the field of a line of CSV, from 1) or `parameter` (of the query string). If the input has several errors, the service reports the first. The codes never change.";

const definitions = Object.entries(problemDefinitions);

/** The document that explains every problem, for the repository: `docs/errors.md`. */
export function errorsMarkdown(): string {
  const sections = definitions.map(
    ([code, { status, title, description }]) => `## ${code}\n\n**${status}**: ${title}.\n\n${description}\n`,
  );
  return ["# Errors\n", `${INTRODUCTION}\n`, ...sections].join("\n");
}

/** The same document for a browser: the page that the `type` of every problem points to. */
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
