import type { FormOptions, SortOptions } from "@sorted/core";
import { ProblemError } from "./problems.ts";

/** One parameter of a query string, decoded. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** What the query string of a request asks for. */
export interface SortQuery {
  readonly options: SortOptions & FormOptions;
  /** Whether the numbers of a JSON answer are strings. */
  readonly numbersAsStrings: boolean;
  /** The parameters that are not options, in order. */
  readonly data: readonly Parameter[];
}

/** The names that are options and never data, in upper or lower case, with the values that each accepts. */
const OPTIONS = {
  order: { pattern: /^(asc|desc)$/, takes: "asc or desc" },
  unique: { pattern: /^(true|false)$/, takes: "true or false" },
  limit: { pattern: /^\d+$/, takes: "a whole number, 0 or more" },
  numbers: { pattern: /^string$/, takes: "string" },
  decimal: { pattern: /^(point|comma)$/, takes: "point or comma" },
  header: { pattern: /^(present|absent)$/, takes: "present or absent" },
  column: { pattern: /./s, takes: "a heading, or a column's number, from 1" },
  field: { pattern: /./s, takes: "a member's name or a JSON Pointer" },
  empty: { pattern: /^(error|skip)$/, takes: "error or skip" },
};

/** A parameter that clients add to avoid caches (jQuery's `cache: false`). It is neither an option nor data. */
const CACHE_BUSTER = "_";

/** What a URL without a query string asks for. */
export const NO_QUERY: SortQuery = {
  options: { order: "asc", unique: false },
  numbersAsStrings: false,
  data: [],
};

type OptionName = keyof typeof OPTIONS;

/**
 * Reads the query string from a request's raw URL. Fastify's own parser would group the parameters by name.
 *
 * @throws {ProblemError} BAD_QUERY, BAD_OPTION
 * @example
 * parseQuery("/?x1=3&order=desc"); // { options: { order: "desc" }, data: [{ name: "x1", value: "3" }], … }
 */
export function parseQuery(url: string): SortQuery {
  if (!url.includes("?")) return NO_QUERY;
  const given = new Map<OptionName, string>();
  const data: Parameter[] = [];
  for (const parameter of parameters(url)) {
    if (parameter.name === CACHE_BUSTER) continue;
    if (!isOption(parameter.name)) data.push(notReserved(parameter));
    else if (given.has(parameter.name))
      throw badOption(parameter.name, `the option ${parameter.name} is given more than once`);
    else given.set(parameter.name, checked(parameter.name, parameter.value));
  }
  return { options: optionsFrom(given), numbersAsStrings: given.has("numbers"), data };
}

function optionsFrom(given: ReadonlyMap<OptionName, string>): SortOptions & FormOptions {
  const limit = given.get("limit");
  const column = given.get("column");
  const field = given.get("field");
  return {
    order: given.get("order") === "desc" ? "desc" : "asc",
    unique: given.get("unique") === "true",
    ...(limit !== undefined && { limit: Number(limit) }),
    ...(given.get("decimal") === "comma" && { decimal: "comma" }),
    ...(given.has("header") && { header: given.get("header") === "present" ? "present" : "absent" }),
    ...(column !== undefined && { column }),
    ...(field !== undefined && { field }),
    ...(given.get("empty") === "skip" && { empty: "skip" }),
  };
}

/** @throws {ProblemError} BAD_OPTION for an option whose name is not in lower case */
function notReserved(parameter: Parameter): Parameter {
  const { name } = parameter;
  if (!isOption(name.toLowerCase())) return parameter;
  throw badOption(name, `options are in lower case: ${name.toLowerCase()}`);
}

/**
 * Checks the query string of a request whose numbers are in the body.
 *
 * @throws {ProblemError} BAD_OPTION for a parameter that is not an option
 */
export function requireOptionsOnly({ data }: SortQuery): void {
  const [first] = data;
  if (first === undefined) return;
  const known = Object.keys(OPTIONS).join(", ");
  throw badOption(
    first.name,
    `not an option: numbers in the query string need GET without a body; with a body it can only have ${known}`,
  );
}

function* parameters(url: string): Generator<Parameter> {
  const start = url.indexOf("?") + 1;
  if (start === 0) return;
  for (const part of url.slice(start).split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decode(equals < 0 ? part : part.slice(0, equals), undefined);
    yield { name, value: equals < 0 ? "" : decode(part.slice(equals + 1), name) };
  }
}

function decode(encoded: string, parameter: string | undefined): string {
  try {
    return decodeURIComponent(encoded.replaceAll("+", " "));
  } catch {
    const place = parameter === undefined ? {} : { parameter };
    throw new ProblemError("BAD_QUERY", "expected percent-encoded UTF-8, such as %2B for +", place);
  }
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

function checked(name: OptionName, value: string): string {
  if (OPTIONS[name].pattern.test(value)) return value;
  throw badOption(name, `the option ${name} must be ${OPTIONS[name].takes}`);
}

function badOption(parameter: string, detail: string): ProblemError {
  return new ProblemError("BAD_OPTION", detail, { parameter });
}
