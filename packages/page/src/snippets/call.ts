import type { InputType } from "@sorted/contract";
import type { NumbersType } from "../messages.ts";

/** A request that code makes. */
export interface Call {
  readonly url: string;
  readonly contentType: InputType;
  readonly accept: NumbersType;
  /** What the code sends: a text that is part of it, or a file that it reads. */
  readonly body: { readonly text: string } | { readonly file: string };
  readonly needsKey: boolean;
}

/** The environment variable that the code takes the key from. */
export const KEY_VARIABLE = "SORTED_API_KEY";
