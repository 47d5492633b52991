import type { Test } from "tap";
import type { ReadOptions } from "../../src/index.ts";
import type { Cases, Input } from "../cases/case.ts";
import { csv } from "../cases/csv.ts";
import { document } from "../cases/document.ts";
import { field } from "../cases/field.ts";
import { jsonLines } from "../cases/json-lines.ts";
import { limits } from "../cases/limits.ts";
import { list } from "../cases/list.ts";
import { number } from "../cases/number.ts";
import { options } from "../cases/options.ts";
import { string } from "../cases/string.ts";
import { text } from "../cases/text.ts";
import { tsv } from "../cases/tsv.ts";
import { utf8 } from "../cases/utf8.ts";
import type { Implementation, Sorted } from "../implementation.ts";
import { outcomeOf } from "../outcome.ts";

/** Runs the tables of cases. An input that is text goes in as a string and as bytes, with the same outcome. */
export function testCases(t: Test, implementation: Implementation): void {
  const { sortJson } = implementation;
  for (const [subject, cases] of Object.entries({
    document,
    number,
    string,
    utf8,
    list,
    limits,
    options,
    field,
  })) {
    t.test(`cases: ${subject}`, async (t) => {
      testSubject(t, cases, sortJson, (pointer) => ({ pointer, line: undefined }));
    });
  }
  const { sortText, sortCsv, sortTsv, sortJsonLines } = implementation;
  t.test("cases: text", async (t) => testLines(t, text, sortText));
  t.test("cases: CSV", async (t) => testLines(t, csv, sortCsv));
  t.test("cases: TSV", async (t) => testLines(t, tsv, sortTsv));
  t.test("cases: JSON Lines", async (t) => testSubject(t, jsonLines, sortJsonLines, (place) => place));
}

/** Cases whose place is a line. */
function testLines(t: Test, cases: Cases<number>, sort: Implementation["sortText"]): void {
  testSubject(t, cases, sort, (line) => ({ pointer: undefined, line }));
}

function testSubject<Place>(
  t: Test,
  { accepted, refused }: Cases<Place>,
  sort: (input: string | Uint8Array, options?: ReadOptions) => Sorted,
  describePlace: (place: Place) => object,
): void {
  for (const [input, literals, options] of accepted) {
    const expected = { literals: literals === "" ? [] : literals.split(" ") };
    for (const form of formsOf(encode(input))) {
      t.strictSame(
        outcomeOf(() => sort(form, options)),
        expected,
        titleOf(input, options),
      );
    }
  }
  for (const [input, code, place, options] of refused) {
    const { bytes, offset } = withoutMark(encode(input));
    const expected = { code, offset, ...describePlace(place) };
    for (const form of formsOf(bytes)) {
      t.strictSame(
        outcomeOf(() => sort(form, options)),
        expected,
        titleOf(input, options),
      );
    }
  }
}

function encode(input: Input): Uint8Array {
  if (typeof input === "string") return new TextEncoder().encode(input);
  return Uint8Array.from(input.bytes, (character) => character.charCodeAt(0));
}

/** The bytes, and the string that they encode if they encode one. */
function formsOf(bytes: Uint8Array): (string | Uint8Array)[] {
  try {
    return [bytes, new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)];
  } catch {
    return [bytes];
  }
}

function withoutMark(marked: Uint8Array): { bytes: Uint8Array; offset: number } {
  const offset = marked.indexOf("^".charCodeAt(0));
  if (offset < 0) throw new Error("a refused input needs a ^ at the fault");
  return { bytes: marked.filter((_, i) => i !== offset), offset };
}

function titleOf(input: Input, options?: ReadOptions): string {
  const shown = inAscii(JSON.stringify(typeof input === "string" ? input : input.bytes));
  const title = shown.length > 80 ? `${shown.slice(0, 60)}… (${shown.length} characters)` : shown;
  return options === undefined ? title : `${title} ${JSON.stringify(options)}`;
}

function inAscii(text: string): string {
  return text.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
