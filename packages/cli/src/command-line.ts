import { parseArgs } from "node:util";
import type { Format, FormOptions, SortOptions } from "@sorted/core";
import type { Compression, InputForm } from "@sorted/external-sort";
import { byteSize } from "./byte-size.ts";
import { FLAGS, type FlagName, flags, type Mode } from "./flags.ts";
import { UsageError } from "./usage-error.ts";

/** What is to be done with files. */
export interface FileCommand {
  readonly mode: Mode;
  /** Paths, and `-` for standard input. */
  readonly files: readonly string[];
  readonly outputFile: string | undefined;
  readonly progress: "bar" | "json" | "none";
  readonly options: FileOptions;
}

/** The options of `sortFiles`, `mergeSorted` and `checkSorted` that are flags. */
interface FileOptions extends SortOptions, FormOptions {
  readonly form?: InputForm;
  readonly format?: Format;
  readonly compression?: Compression;
  readonly memoryBytes?: number;
  readonly threads?: number;
  readonly tempFolder?: string;
  readonly statistics?: boolean;
}

/** What the command line asks for. */
export type Command =
  | FileCommand
  | { readonly mode: "help" | "version" }
  | { readonly mode: "completion"; readonly shell: "bash" | "zsh" | "fish" };

/** The values as they were given. */
type Values = { readonly [name in FlagName]?: string | boolean };

/**
 * Reads a command line.
 *
 * @param args what follows the command's name
 * @throws {UsageError}
 */
export function readCommandLine(args: readonly string[]): Command {
  const { values, files } = parse(args);
  if (values.help) return { mode: "help" };
  if (values.version) return { mode: "version" };
  const shell = choice(values, "completion");
  if (shell !== undefined) return { mode: "completion", shell };

  if (files.includes("")) throw new UsageError("the name of a file must not be empty");
  if (files.indexOf("-") !== files.lastIndexOf("-")) throw new UsageError("- is given twice");
  const mode = modeOf(values);
  const outputFile = text(values, "output-file");
  const progress = choice(values, "progress") ?? defaultProgress(mode, outputFile);
  return {
    mode,
    files: files.length > 0 ? files : ["-"],
    outputFile,
    progress,
    options: defined({
      form: choice(values, "input"),
      column: text(values, "column"),
      header: choice(values, "header"),
      decimal: choice(values, "decimal"),
      field: text(values, "field"),
      empty: choice(values, "empty"),
      order: choice(values, "order"),
      unique: values.unique === true ? true : undefined,
      limit: count(values, "limit"),
      format: choice(values, "output"),
      compression: choice(values, "compress"),
      memoryBytes: size(values, "memory"),
      threads: count(values, "threads"),
      tempFolder: text(values, "temp"),
      statistics: values.stats === true ? true : undefined,
    }),
  };
}

function parse(args: readonly string[]): { values: Values; files: string[] } {
  const options = Object.fromEntries(
    flags.map(([name, { short, value }]) => [
      name,
      {
        type: value === undefined ? "boolean" : "string",
        ...(short === undefined ? {} : { short }),
      } as const,
    ]),
  );
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, tokens: true });
    const seen = new Set<string>();
    for (const token of parsed.tokens) {
      if (token.kind !== "option") continue;
      if (seen.has(token.name)) throw new UsageError(`--${token.name} is given twice`);
      seen.add(token.name);
    }
    return { values: parsed.values, files: parsed.positionals };
  } catch (error) {
    // Its second sentence is about names of files that begin with a hyphen.
    if (isParseError(error))
      throw new UsageError(lowerFirst(error.message.replace(/\. To specify .*$/s, "")));
    throw error;
  }
}

function isParseError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

const lowerFirst = (message: string) => message.charAt(0).toLowerCase() + message.slice(1);

/** The mode, if it takes all flags that were given. */
function modeOf(values: Values): Mode {
  if (values.check && values.merge) throw new UsageError("--check and --merge exclude each other");
  const mode = values.check ? "check" : values.merge ? "merge" : "sort";
  for (const [name, { modes }] of flags) {
    if (values[name] !== undefined && modes !== undefined && !modes.includes(mode)) {
      throw new UsageError(`--${name} has no meaning with --${mode}`);
    }
  }
  return mode;
}

/** A bar would be in the way of numbers that go to the same terminal. */
function defaultProgress(mode: Mode, outputFile: string | undefined): "bar" | "none" {
  const isShared = mode !== "check" && outputFile === undefined && process.stdout.isTTY;
  return process.stderr.isTTY && !isShared ? "bar" : "none";
}

/** The flags that take one of some words. */
type ChoiceName = {
  [name in FlagName]: (typeof FLAGS)[name] extends { value: { choices: readonly string[] } } ? name : never;
}[FlagName];

type ChoiceOf<Name extends ChoiceName> = (typeof FLAGS)[Name]["value"]["choices"][number];

function text(values: Values, name: FlagName): string | undefined {
  const value = values[name];
  if (value === "") throw new UsageError(`--${name} must not be empty`);
  return typeof value === "string" ? value : undefined;
}

function choice<Name extends ChoiceName>(values: Values, name: Name): ChoiceOf<Name> | undefined {
  const given = text(values, name);
  if (given === undefined) return undefined;
  const choices: readonly ChoiceOf<Name>[] = FLAGS[name].value.choices;
  const found = choices.find((one) => one === given);
  if (found !== undefined) return found;
  const hint = name === "output" ? `; to write to a file, use -o ${given}` : "";
  throw new UsageError(`--${name} must be one of ${choices.join(", ")}, found "${given}"${hint}`);
}

function count(values: Values, name: FlagName): number | undefined {
  const given = text(values, name);
  if (given === undefined) return undefined;
  if (!/^\d{1,15}$/.test(given)) throw new UsageError(`--${name} must be an integer, found "${given}"`);
  return Number(given);
}

function size(values: Values, name: FlagName): number | undefined {
  const given = text(values, name);
  return given === undefined ? undefined : byteSize(name, given);
}

type Defined<T> = { [name in keyof T]?: Exclude<T[name], undefined> };

/** The members that have a value. */
function defined<T extends object>(values: T): Defined<T> {
  // Safe, as only members without a value are left out.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
