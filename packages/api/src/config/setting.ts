/** The kinds of settings. Each says which texts of the environment are right, and what they mean. */

/** What a setting means, and its value if the environment does not have it. */
interface Rules<Value> {
  readonly description: string;
  readonly default?: Value;
}

/** One setting of the service. */
export interface Setting<Value> extends Rules<Value> {
  /** Describes the right values, for the table of settings. */
  readonly values: string;
  /** What would be right, as in "must be true or false"; undefined if the text is right. */
  fault(text: string): string | undefined;
  /** The value that a right text means. */
  parse(text: string): Value;
}

/** The value of a setting: it may be undefined if the setting has no default. */
export type ValueOf<Kind> =
  Kind extends Setting<infer Value>
    ? Kind extends { readonly default: unknown }
      ? Value
      : Value | undefined
    : never;

/** `true` or `false`. */
export const flag = <Given extends Rules<boolean>>(rules: Given): Given & Setting<boolean> => ({
  ...rules,
  values: "`true`, `false`",
  fault: (text) => (text === "true" || text === "false" ? undefined : "must be true or false"),
  parse: (text) => text === "true",
});

/** A whole number within bounds. */
export const integer = <
  Given extends Rules<number> & { readonly minimum: number; readonly maximum?: number },
>(
  rules: Given,
): Given & Setting<number> => {
  const { minimum, maximum } = rules;
  return {
    ...rules,
    values: maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`,
    fault: (text) => {
      const value = Number(text);
      if (text.trim() === "" || !Number.isInteger(value)) return "must be a whole number";
      if (value < minimum) return `must be ${minimum} or more`;
      return maximum !== undefined && value > maximum ? `must be ${maximum} or less` : undefined;
    },
    parse: Number,
  };
};

/** One of a few words. */
export const choice = <const Word extends string, Given extends Rules<NoInfer<Word>>>(
  words: readonly Word[],
  rules: Given,
): Given & Setting<Word> => {
  const find = (text: string) => words.find((word) => word === text);
  return {
    ...rules,
    values: words.map((word) => `\`${word}\``).join(", "),
    fault: (text) => (find(text) === undefined ? `must be one of ${words.join(", ")}` : undefined),
    parse: (text) => find(text) as Word,
  };
};

/** Any text but the empty one. */
export const text = <Given extends Rules<string>>(rules: Given): Given & Setting<string> => ({
  ...rules,
  values: "text",
  fault: (text) => (text === "" ? "must not be empty" : undefined),
  parse: (text) => text,
});

/** A text that matches a pattern, which `form` describes in words. */
export const formed = <Given extends Rules<string> & { readonly pattern: RegExp; readonly form: string }>(
  rules: Given,
): Given & Setting<string> => ({
  ...rules,
  values: rules.form,
  fault: (text) => (rules.pattern.test(text) ? undefined : `must be ${rules.form}`),
  parse: (text) => text,
});

/**
 * Items between commas; none without the setting. A fault never shows an item, which may be a secret.
 *
 * @param form describes the items in words
 */
export const list = ({
  isItem,
  form,
  description,
}: {
  readonly isItem: (item: string) => boolean;
  readonly form: string;
  readonly description: string;
}): Setting<readonly string[]> & { readonly default: readonly string[] } => {
  const parse = (text: string) => text.split(",").map((item) => item.trim());
  return {
    description,
    default: [],
    values: "text",
    fault: (text) => (parse(text).every(isItem) ? undefined : `must be ${form}`),
    parse,
  };
};
