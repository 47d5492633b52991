import { grammarOfFile, type InputType } from "@sorted/contract";
import { type Excerpt, excerptAt } from "./excerpt.ts";

/** What the user gave: a text, or files. */
export interface Input {
  /** Empty if there are files. */
  readonly text: string;
  readonly files: readonly File[];
  /** The first lines of the text, or of the first file. */
  readonly sample: string;
}

/** A body to sort, and what it was joined from. */
export interface Body {
  readonly blob: Blob;
  readonly parts: readonly Part[];
}

/** A text or a file in a body. */
interface Part {
  /** The name of the file; undefined for a text. */
  readonly name: string | undefined;
  readonly blob: Blob;
  /** The byte of the body at which the part begins. */
  readonly start: number;
  /** How many bytes at the beginning of the part the body leaves out. */
  readonly skippedBytes: number;
}

/** Why files can't be one body, in a sentence for the user. */
export class JoinError extends Error {
  override readonly name = "JoinError";
}

/** A heading line is shorter than this. */
const MOST_HEADING_BYTES = 65_536;

/**
 * Makes one body of a text or of files. Several files become one JSON list, or follow each other line by line: without
 * byte order marks, and with the headings of the first one only.
 *
 * @param hasHeadings whether line 1 of each file holds headings
 * @throws {JoinError} if a file is of another kind than the first one, or has other headings
 */
export async function bodyOf(input: Input, type: InputType, hasHeadings: boolean): Promise<Body> {
  const { text, files } = input;
  const [first] = files;
  if (first === undefined) return whole(new Blob([text]), undefined);
  // One file stays as it is, whatever it holds.
  if (files.length === 1) return whole(first, first.name);
  const other = files.find(({ name }) => grammarOfFile(name) !== grammarOfFile(first.name));
  if (other !== undefined)
    throw new JoinError(`${other.name} is of another kind than ${first.name}. Sort them one by one.`);
  const isJson = type === "application/json";
  const pieces: BlobPart[] = isJson ? ["["] : [];
  const parts: Part[] = [];
  let start = isJson ? 1 : 0;
  let headings: string | undefined;
  for (const [index, file] of files.entries()) {
    const blob = await inUtf8(file);
    let skippedBytes = await markLength(blob);
    if (hasHeadings && !isJson) {
      const own = await firstLine(blob.slice(skippedBytes));
      headings ??= own.text;
      if (own.text !== headings)
        throw new JoinError(`${file.name} has other headings than ${first.name}. Sort them one by one.`);
      if (index > 0) skippedBytes += own.bytes;
    }
    const separator = index === files.length - 1 ? (isJson ? "]" : "") : isJson ? "," : "\n";
    pieces.push(blob.slice(skippedBytes), separator);
    parts.push({ name: file.name, blob, start, skippedBytes });
    start += blob.size - skippedBytes + separator.length;
  }
  return { blob: new Blob(pieces), parts };
}

/**
 * Finds a place of a body in the part that it belongs to.
 *
 * @param offset a byte of the body, from 0
 */
export async function excerptOf({ parts }: Body, offset: number): Promise<Excerpt | undefined> {
  const part = parts.findLast(({ start }) => start <= offset) ?? parts[0];
  if (part === undefined) return undefined;
  // The core reports places in the UTF-8.
  const bytes = new Uint8Array(await (await inUtf8(part.blob)).arrayBuffer());
  const place = excerptAt(bytes, Math.min(bytes.length, offset - part.start + part.skippedBytes));
  return parts.length > 1 && part.name !== undefined ? { ...place, name: part.name } : place;
}

function whole(blob: Blob, name: string | undefined): Body {
  return { blob, parts: [{ name, blob, start: 0, skippedBytes: 0 }] };
}

/** UTF-16 next to UTF-8 would be neither. */
async function inUtf8(blob: Blob): Promise<Blob> {
  const encoding = await encodingOf(blob);
  return encoding === "utf-8" ? blob : new Blob([new TextDecoder(encoding).decode(await blob.arrayBuffer())]);
}

/** The encoding that a byte order mark names; UTF-8 if there is none. */
export async function encodingOf(blob: Blob): Promise<"utf-8" | "utf-16le" | "utf-16be"> {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

async function markLength(blob: Blob): Promise<number> {
  const [first, second, third] = new Uint8Array(await blob.slice(0, 3).arrayBuffer());
  return first === 0xef && second === 0xbb && third === 0xbf ? 3 : 0;
}

/** The first line, and its length with its line end. */
async function firstLine(blob: Blob): Promise<{ readonly text: string; readonly bytes: number }> {
  const bytes = new Uint8Array(await blob.slice(0, MOST_HEADING_BYTES).arrayBuffer());
  const feed = bytes.indexOf(0x0a);
  const length = feed < 0 ? bytes.length : feed + 1;
  return { text: new TextDecoder().decode(bytes.subarray(0, length)).trim(), bytes: length };
}
