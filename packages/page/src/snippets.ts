import type { SortRequest } from "./messages.ts";

/** A longer body is not part of the code: the commands read a file. */
const MOST_WRITTEN_BYTES = 2000;

/** A request, as code would make it. */
export interface Snippets {
  readonly curl: string;
  readonly javascript: string;
  readonly python: string;
  /** The file that they read, if the body is long. */
  readonly file: string | undefined;
}

/**
 * The same request with curl, in JavaScript and in Python, each ready to run.
 *
 * @param base where the service is, such as `http://localhost:3000`
 */
export function snippetsFor(base: string, request: SortRequest): Snippets {
  const { search, contentType, accept, body } = request;
  const url = `${base}/${search}`;
  const text = decodeShort(body);
  const file = text === undefined ? FILES[contentType] : undefined;
  const types = { contentType, accept };
  return {
    curl: curl(url, types, text, file),
    javascript: javascript(url, types, text, file),
    python: python(url, types, text, file),
    file,
  };
}

type Types = Pick<SortRequest, "contentType" | "accept">;

const FILES = {
  "application/json": "numbers.json",
  "application/x-ndjson": "numbers.jsonl",
  "text/plain": "numbers.txt",
  "text/csv": "numbers.csv",
  "text/tab-separated-values": "numbers.tsv",
};

/** The body as text, if it is short and loses nothing as text. */
function decodeShort(body: Uint8Array): string | undefined {
  if (body.length > MOST_WRITTEN_BYTES || body.includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

function curl(url: string, { contentType, accept }: Types, text: string | undefined, file = ""): string {
  return [
    `curl ${shellQuoted(url)}`,
    `--header 'Content-Type: ${contentType}'`,
    ...(accept === "application/json" ? [] : [`--header 'Accept: ${accept}'`]),
    text === undefined ? `--data-binary @${file}` : `--data-raw ${shellQuoted(text)}`,
  ].join(" \\\n  ");
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function javascript(
  url: string,
  { contentType, accept }: Types,
  text: string | undefined,
  file = "",
): string {
  const isJson = accept === "application/json";
  const losesDigits = isJson && !url.includes("numbers=string");
  return [
    ...(text === undefined ? ['import { readFile } from "node:fs/promises";', ""] : []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    '  method: "POST",',
    `  headers: { "Content-Type": "${contentType}", Accept: "${accept}" },`,
    `  body: ${text === undefined ? `await readFile("${file}")` : JSON.stringify(text)},`,
    "});",
    "if (!response.ok) throw new Error((await response.json()).detail);",
    ...(losesDigits
      ? ["// JSON.parse rounds numbers to doubles. Ask for numbers as strings to keep every digit."]
      : []),
    isJson ? "const { sorted } = await response.json();" : "const sorted = await response.text();",
    "console.log(sorted);",
  ].join("\n");
}

function python(url: string, { contentType, accept }: Types, text: string | undefined, file = ""): string {
  const isJson = accept === "application/json";
  return [
    ...(isJson ? ["import json"] : []),
    "import urllib.request",
    ...(isJson ? ["from decimal import Decimal"] : []),
    "",
    "request = urllib.request.Request(",
    `    ${JSON.stringify(url)},`,
    `    data=${text === undefined ? `open("${file}", "rb").read()` : `${JSON.stringify(text)}.encode()`},`,
    `    headers={"Content-Type": "${contentType}", "Accept": "${accept}"},`,
    ")",
    "with urllib.request.urlopen(request) as response:",
    isJson
      ? '    print(json.load(response, parse_float=Decimal)["sorted"])'
      : "    print(response.read().decode())",
  ].join("\n");
}
