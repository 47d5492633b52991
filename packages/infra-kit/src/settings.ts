/** Typed settings of a program: read from Pulumi's configuration, all checked before anything is declared. */
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

/** An array of texts that each pass a check. `what` completes "must be an array of …". */
export function list(isGood: (item: string) => boolean, what: string, byDefault: readonly string[] = []) {
  const message = `must be an array of ${what}`;
  const items = z.array(z.string(message).refine(isGood, message), message);
  return typed("array", json(message).pipe(items).prefault(JSON.stringify(byDefault)));
}

/** The type that Pulumi.yaml should give for a setting made by one of the functions above. */
export function settingType(schema: z.ZodType): SettingType {
  const { type } = schema.meta() ?? {};
  return z.enum(["string", "integer", "boolean", "array"]).parse(type);
}

/**
 * Reads and checks all settings of a schema from the program's own configuration. An empty value counts as not set.
 *
 * @param schema an object of the settings above; with `.superRefine` for settings that must fit together
 * @param names the settings' names; any other in the configuration is refused, as it would be without effect
 * @returns the settings, typed
 * @throws {pulumi.RunError} naming each wrong setting and what would be right
 */
export function readSettings<S extends z.ZodType>(schema: S, names: readonly string[]): z.output<S> {
  const config = new pulumi.Config();
  const given = names.map((name) => [name, config.get(name)] as const).filter(([, value]) => value);
  const result = schema.safeParse(Object.fromEntries(given));
  const issues = result.error?.issues ?? [];
  const mistakes = [
    ...unknown(names).map((name) => `${name} is not a setting of this program`),
    ...issues.map(({ path: [name = ""], message }) => `${String(name)} ${message}`),
  ];
  if (result.success && mistakes.length === 0) return result.data;
  const lines = [...new Set(mistakes)].map((mistake) => `  ${config.name}:${mistake}`);
  throw new pulumi.RunError(`These settings are wrong:\n${lines.join("\n")}`);
}

/** The names in the program's configuration that it does not know. */
function unknown(names: readonly string[]): readonly string[] {
  const prefix = `${pulumi.getProject()}:`;
  return Object.keys(pulumi.runtime.allConfig())
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .filter((name) => !names.includes(name));
}
