import type { InputType, Problem } from "@sorted/contract";
import type { Histogram } from "./bars.ts";

/** The types of answers. */
export type NumbersType = "application/json" | "text/plain" | "text/csv";

/** Where to sort the numbers. */
export type Place = "server" | "browser";

/** What the page asks its worker for: a request to the API, or the answer that the API would give to it. */
export interface SortRequest {
  readonly place: Place;
  /** The query string with its question mark, or an empty string. */
  readonly search: string;
  readonly contentType: InputType;
  readonly accept: NumbersType;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** What the worker says. */
export type SortReply =
  | {
      readonly kind: "sorted";
      /** The answer, and where each number in it begins and ends. */
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly starts: Uint32Array<ArrayBuffer>;
      readonly ends: Uint32Array<ArrayBuffer>;
      readonly milliseconds: number;
      /** How many numbers were read, before options took some away; undefined if the service does not say. */
      readonly numbersRead: number | undefined;
      /** Undefined if there are no numbers. */
      readonly histogram: Histogram | undefined;
    }
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "failed"; readonly reason: string };
