/** Typed settings of a program: read from Pulumi's configuration, all checked before anything is declared. */
import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

/** The types that Pulumi.yaml has for a setting. */
export type SettingType = "string" | "integer" | "boolean" | "array";

/** Pulumi hands every value over as text: numbers, booleans and arrays are JSON in it. */
const json = (message: string) =>
  z.string().transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
  });

const typed = <S extends z.ZodType>(type: SettingType, schema: S): S => schema.meta({ type });

/** An integer from `min` to `max`. */
export function integer(min: number, max: number, byDefault: number) {
  const message = `must be an integer from ${min} to ${max}`;
  const number = z.int(message).min(min, message).max(max, message);
  return typed("integer", json(message).pipe(number).prefault(String(byDefault)));
}

/** One of a few integers. */
export function integerOf(allowed: readonly number[], byDefault: number) {
  const message = `must be one of ${allowed.join(", ")}`;
  const number = z.int(message).refine((value) => allowed.includes(value), message);
  return typed("integer", json(message).pipe(number).prefault(String(byDefault)));
}

/** `true` or `false`. */
export function flag(byDefault: boolean) {
  const message = "must be true or false";
  return typed("boolean", json(message).pipe(z.boolean(message)).prefault(String(byDefault)));
}

/** One of a few words. */
export function choice<const T extends readonly [string, ...string[]]>(options: T, byDefault: T[number]) {
  return typed("string", z.enum(options, `must be one of ${options.join(", ")}`).prefault(byDefault));
}

/** Text that matches a pattern; `undefined` where it is not set. `what` completes "must be …". */
export function text(pattern: RegExp, what: string) {
  return typed("string", z.string().regex(pattern, `must be ${what}`).optional());
}

/** Text that passes a check, with a default. `what` completes "must be …". */
export function checkedText(isGood: (value: string) => boolean, what: string, byDefault: string) {
  return typed("string", z.string().refine(isGood, `must be ${what}`).prefault(byDefault));
}

/** What an array may have beside a check of its items. */
interface ListOptions {
  readonly byDefault?: readonly string[];
  /** What no two items may have in common. Default: all of the text, in any case. */
  readonly nameOf?: (item: string) => string;
}

/** An array of texts that each pass a check, none of them twice. `what` completes "must be an array of …". */
export function list(
  isGood: (item: string) => boolean,
  what: string,
  { byDefault = [], nameOf = (item) => item.toLowerCase() }: ListOptions = {},
) {
  const message = `must be an array of ${what}`;
  const items = z.array(z.string(message).refine(isGood, message), message).superRefine((all, context) => {
    const names = all.map(nameOf);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined) context.addIssue({ code: "custom", message: `has ${twice} twice` });
  });
  return typed("array", json(message).pipe(items).prefault(JSON.stringify(byDefault)));
}

/** Stands in a {@link Scope} for any value: the setting is not empty. */
export const anyValue = "*";

/**
 * Where a setting has an effect: where one of these other settings has one of these values. `""` stands for a setting that
 * is not set.
 *
 * @example
 * const balancer = { compute: "fleet", endpoint: "loadBalancer" }; // with compute fleet, or with endpoint loadBalancer
 * const ownNetwork = { vpcId: "" }; // without vpcId
 * const existingNetwork = { vpcId: anyValue }; // with vpcId
 */
export type Scope = Readonly<Record<string, string | boolean | readonly string[]>>;

const scopes = z.registry<{ readonly limits: readonly Scope[] }>();

/**
 * A setting that has an effect in each of some scopes only. Elsewhere {@link readSettings} refuses any value but the default.
 *
 * @example
 * scoped(flag(false), { compute: "fleet" })
 */
export function scoped<S extends z.ZodType>(schema: S, ...limits: readonly Scope[]): S {
  const limited = schema.clone();
  scopes.add(limited, { limits });
  return limited;
}

/** The scopes of a setting; none where it always has an effect. */
export function scopesOf(schema: z.core.$ZodType): readonly Scope[] {
  return scopes.get(schema)?.limits ?? [];
}

/** Whether a setting with this scope has an effect, given the values of all settings. */
function isIn(scope: Scope, given: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(scope).some(([name, wanted]) => {
    const value = given[name] ?? "";
    if (wanted === anyValue) return value !== "";
    return Array.isArray(wanted) ? wanted.includes(value) : value === wanted;
  });
}

/**
 * Where settings have an effect, in words, by their names; an empty text where one always has.
 *
 * @example
 * scopesInWords({ zones: scoped(integer(1, 3, 2), { compute: "fleet" }, { vpcId: "" }) })
 * // { zones: "with compute fleet, and without vpcId" }
 */
export function scopesInWords(shape: Readonly<Record<string, z.ZodType>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, scopesOf(schema).map(inWords).join(", and ")]),
  );
}

/** `with compute fleet or without vpcId` */
function inWords(scope: Scope): string {
  const alternatives = Object.entries(scope).flatMap(([name, wanted]) => {
    if (wanted === "") return [`without ${name}`];
    if (wanted === anyValue) return [`with ${name}`];
    return [wanted].flat().map((value) => `with ${name} ${String(value)}`);
  });
  return alternatives.join(" or ");
}

/** The type that Pulumi.yaml should give for a setting made by one of the functions above. */
export function settingType(schema: z.ZodType): SettingType {
  const { type } = schema.meta() ?? {};
  return z.enum(["string", "integer", "boolean", "array"]).parse(type);
}

/** Says that a setting is wrong because of another. The message follows the setting's name. */
export type Refuse<Shape extends z.ZodRawShape> = (name: keyof Shape & string, message: string) => void;

/**
 * Reads and checks all settings from the program's own configuration. An empty value counts as not set.
 *
 * @param shape the settings by name; any other in the configuration is refused, as it would be without effect
 * @param check refuses settings that are right alone and don't fit together
 * @returns the settings, typed
 * @throws {pulumi.RunError} naming each wrong setting and what would be right
 */
export function readSettings<Shape extends z.ZodRawShape>(
  shape: z.ZodObject<Shape>,
  check?: (given: z.output<z.ZodObject<Shape>>, refuse: Refuse<Shape>) => void,
): z.output<z.ZodObject<Shape>> {
  const config = new pulumi.Config();
  const names = Object.keys(shape.shape);
  const given = names.map((name) => [name, config.get(name)] as const).filter(([, value]) => value);
  const result = shape.safeParse(Object.fromEntries(given));
  const mistakes = unknown(names).map((name) => `${name} is not a setting of this program`);
  for (const { path, message } of result.error?.issues ?? []) {
    mistakes.push(`${String(path[0])} ${message}`);
  }
  if (result.success) {
    mistakes.push(...outOfScope(shape.shape, result.data));
    check?.(result.data, (name, message) => mistakes.push(`${name} ${message}`));
    if (mistakes.length === 0) return result.data;
  }
  throw wrongSettings(mistakes);
}

/**
 * The error that names settings which are wrong, to be thrown before anything is declared.
 *
 * @param mistakes each begins with a setting's name, and says what would be right
 */
export function wrongSettings(mistakes: readonly string[]): pulumi.RunError {
  const lines = [...new Set(mistakes)].map((mistake) => `  ${pulumi.getProject()}:${mistake}`);
  return new pulumi.RunError(`These settings are wrong:\n${lines.join("\n")}`);
}

/** What is set to another value than its default although it has no effect. */
function outOfScope(shape: z.ZodRawShape, given: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(shape).flatMap(([name, schema]) => {
    const broken = scopesOf(schema).filter((scope) => !isIn(scope, given));
    if (broken.length === 0 || isDeepStrictEqual(given[name], z.parse(schema, undefined))) return [];
    return broken.map((scope) => `${name} has an effect only ${inWords(scope)}`);
  });
}

/** The names in the program's configuration that it does not know. */
function unknown(names: readonly string[]): readonly string[] {
  const prefix = `${pulumi.getProject()}:`;
  return Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .filter((name) => !names.includes(name));
}
