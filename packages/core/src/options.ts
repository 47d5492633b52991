import type { Limits } from "./collector.ts";
import { SortedError } from "./errors.ts";
import type { FormOptions } from "./form.ts";
import { describe, type NumberValue } from "./number-value.ts";

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

/** Options of `sortNumbers` for rows: anything that has a number to be sorted by. */
export interface RowOptions<Row> extends ReadOptions {
  /** Says which number of a row it is sorted by. */
  readonly by: (row: Row) => NumberValue;
}

const isCount = (value: unknown) =>
  typeof value === "number" && value >= 0 && (Number.isInteger(value) || value === Infinity);

const isColumn = (value: unknown) =>
  typeof value === "string" ? value !== "" : isCount(value) && value !== 0 && value !== Infinity;

/** For each option what it may be, as a check and in words. */
type Rules<Options> = {
  readonly [name in keyof Required<Options>]: readonly [(value: unknown) => boolean, string];
};

const RULES: Rules<ReadOptions> = {
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

const ROW_RULES: Rules<RowOptions<never>> = {
  ...RULES,
  by: [(value) => typeof value === "function", "a function"],
};

/** Options that are good and can't change: who sorts often with the same ones has them checked once. */
const checked = new WeakSet<object>();

/**
 * Checks options that may come from JavaScript, where no type was checked. Frozen ones are checked once.
 *
 * @throws {SortedError} BAD_OPTION, naming the option
 */
export function checkOptions(options: ReadOptions): void {
  if (checked.has(options)) return;
  check(options, RULES);
  if (Object.isFrozen(options)) checked.add(options);
}

/**
 * The same for the options of `sortNumbers`.
 *
 * @throws {SortedError} BAD_OPTION, naming the option
 */
export function checkRowOptions(options: ReadOptions): void {
  check(options, ROW_RULES);
}

function check(options: unknown, rules: { readonly [name: string]: Rules<ReadOptions>["limit"] }): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new SortedError(
      "BAD_OPTION",
      `argument "options" must be an object of options, found ${describe(options)}`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      throw new SortedError(
        "BAD_OPTION",
        `unknown option "${name}"; the options are ${Object.keys(rules).join(", ")}`,
      );
    }
    const [isGood, expected] = rule;
    if (value !== undefined && !isGood(value)) {
      throw new SortedError("BAD_OPTION", `option "${name}" must be ${expected}`);
    }
  }
}
