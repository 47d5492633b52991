import type { Limits } from "./collector.ts";
import { SortedError } from "./errors.ts";
import type { FormOptions } from "./form.ts";

/** What to do with the numbers, in this order of effect. */
export interface SortOptions {
  /** Ascending (default) or descending; equal numbers keep their order in both. */
  readonly order?: "asc" | "desc";
  /** Of numbers that are equal, keep the first only. Default false. */
  readonly unique?: boolean;
  /** Keep the first `limit` numbers only. Default: all. */
  readonly limit?: number;
}

/** Options of the functions that read a document. */
export interface ReadOptions extends SortOptions, FormOptions, Limits {}

const isCount = (value: unknown) =>
  typeof value === "number" && value >= 0 && (Number.isInteger(value) || value === Infinity);

const isColumn = (value: unknown) =>
  typeof value === "string" ? value !== "" : isCount(value) && value !== 0 && value !== Infinity;

/** For each option what it may be, as a check and in words. */
const RULES: {
  readonly [name in keyof Required<ReadOptions>]: readonly [(value: unknown) => boolean, string];
} = {
  order: [(value) => value === "asc" || value === "desc", '"asc" or "desc"'],
  unique: [(value) => typeof value === "boolean", "a boolean"],
  limit: [isCount, "an integer of 0 or more"],
  decimal: [(value) => value === "point" || value === "comma", '"point" or "comma"'],
  header: [(value) => value === "present" || value === "absent", '"present" or "absent"'],
  column: [isColumn, "a heading, or a column's number, from 1"],
  field: [(value) => typeof value === "string" && value !== "", "a member's name or a JSON Pointer"],
  empty: [(value) => value === "error" || value === "skip", '"error" or "skip"'],
  maxDepth: [isCount, "an integer of 0 or more"],
  maxNumbers: [isCount, "an integer of 0 or more"],
};

/**
 * Checks options that may come from JavaScript, where no type was checked.
 *
 * @throws {SortedError} BAD_OPTION, naming the option
 */
export function checkOptions(options: ReadOptions): void {
  for (const name of Object.keys(options)) {
    if (!isOption(name)) {
      throw new SortedError(
        "BAD_OPTION",
        `unknown option "${name}"; the options are ${Object.keys(RULES).join(", ")}`,
      );
    }
    const value = options[name];
    const [isGood, expected] = RULES[name];
    if (value !== undefined && !isGood(value)) {
      throw new SortedError("BAD_OPTION", `option "${name}" must be ${expected}`);
    }
  }
}

function isOption(name: string): name is keyof ReadOptions {
  return Object.hasOwn(RULES, name);
}
