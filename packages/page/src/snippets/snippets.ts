import type { InputType } from "@sorted/contract";
import type { Input } from "../body.ts";
import type { NumbersType } from "../messages.ts";
import type { Call } from "./call.ts";
import { curl } from "./curl.ts";
import { fetchCode } from "./fetch.ts";
import { go } from "./go.ts";
import { powershell } from "./powershell.ts";
import { python } from "./python.ts";

/** A longer text is not part of the code: the code reads a file. */
const MOST_WRITTEN_CHARACTERS = 2000;

const FILES: { readonly [type in InputType]: string } = {
  "application/json": "numbers.json",
  "application/x-ndjson": "numbers.jsonl",
  "text/plain": "numbers.txt",
  "text/csv": "numbers.csv",
  "text/tab-separated-values": "numbers.tsv",
};

/** How each language writes a request, by the language's name. */
export const LANGUAGES = { curl, powershell, fetch: fetchCode, python, go } satisfies {
  readonly [language: string]: (call: Call) => string;
};

/** What the code asks for. */
export interface Asked {
  /** Where the service is, with a slash at the end. */
  readonly base: string;
  readonly search: string;
  readonly contentType: InputType;
  readonly accept: NumbersType;
  readonly input: Input;
  /** Whether the code must send a key: it takes it from the environment. */
  readonly needsKey: boolean;
}

/** The request as code makes it: with the text in it, or with the name of the file that it reads. */
export function callFor({ base, search, contentType, accept, input, needsKey }: Asked): Call {
  const { text, files } = input;
  const isWritten = files.length === 0 && text.length <= MOST_WRITTEN_CHARACTERS && !text.includes("\0");
  const name = files.length === 1 ? files[0]?.name : undefined;
  const body = isWritten ? { text } : { file: name ?? FILES[contentType] };
  return { url: base + search, contentType, accept, body, needsKey };
}
