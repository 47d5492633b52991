import type { InputType } from "@sorted/contract";
import type { NumbersType } from "./messages.ts";

/** The options as the form has them, by their names in the API. An empty value is a default. */
export type Options = { readonly [name in (typeof OPTION_NAMES)[number]]?: string };

/** In the order in which the documents name them. */
export const OPTION_NAMES = [
  "order",
  "unique",
  "limit",
  "numbers",
  "decimal",
  "header",
  "column",
  "field",
  "empty",
] as const;

/** The options that only some types of input take. */
const TEXT_OPTIONS: readonly string[] = ["decimal", "header", "column"];
const JSON_OPTIONS: readonly string[] = ["field"];
const DEFAULTS: Options = { order: "asc", decimal: "point" };

/** Whether an option has a meaning for this type of input. */
export function isFor(type: InputType, name: string): boolean {
  const isJson = type === "application/json" || type === "application/x-ndjson";
  return !(isJson ? TEXT_OPTIONS : JSON_OPTIONS).includes(name);
}

/**
 * The query string with its question mark; empty if all options have their defaults. It leaves out what the API would
 * refuse: options of another type of input, `numbers` of an answer that has no strings, and `empty` without a field in
 * JSON.
 *
 * @example
 * searchOf({ order: "desc", field: "price" }, "text/csv", "text/plain"); // "?order=desc"
 */
export function searchOf(options: Options, type: InputType, accept: NumbersType): string {
  const needsField = !isFor(type, "column");
  const given = OPTION_NAMES.filter((name) => {
    const value = options[name] ?? "";
    if (value === "" || value === DEFAULTS[name] || !isFor(type, name)) return false;
    if (name === "numbers") return accept === "application/json";
    return name !== "empty" || !needsField || (options.field ?? "") !== "";
  });
  const pairs = given.map((name) => `${name}=${encodeURIComponent(options[name] ?? "")}`);
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}
