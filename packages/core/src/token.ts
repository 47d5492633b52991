/** What messages say of the characters at a fault: the whole token, and why it is not read. */

/** Longer tokens are cut in messages. */
const MAX_TOKEN_CHARACTERS = 40;

const DELIMITERS = "\\s,;:\\[\\](){}\"'\\p{C}";
const AT_START = new RegExp(`^[^${DELIMITERS}]+`, "u");
const AT_END = new RegExp(`[^${DELIMITERS}]+$`, "u");

/** The token that a text begins with; empty where it begins with a delimiter. */
export function tokenAtStart(text: string): string {
  return AT_START.exec(text)?.[0] ?? "";
}

/** The token that a text ends with; empty where it ends with a delimiter. */
export function tokenAtEnd(text: string): string {
  return AT_END.exec(text)?.[0] ?? "";
}

/** A character in quotation marks, or its code point if it is invisible. */
export function quote(character: string): string {
  if (character === '"') return "'\"'";
  if (character === "\n" || character === "\r") return "the end of the line";
  if (/^[^\p{C}\p{Z}]$/u.test(character) || character === " ") return `"${character}"`;
  return codePoint(character);
}

/** A token in quotation marks, cut where it is long. */
export function quoteToken(token: string): string {
  const characters = Array.from(token);
  if (characters.length <= MAX_TOKEN_CHARACTERS) return `"${token}"`;
  return `"${characters.slice(0, MAX_TOKEN_CHARACTERS).join("")}…"`;
}

/** Delimiters that also group digits: a comma, an apostrophe, spaces that don't break or are thin. */
export const GROUPING = /^[,'\u00a0\u2007-\u200a\u202f]$/u;
export const NO_GROUPING = "digits can't be grouped";

/** Forms that people send and that are not numbers here, each with the reason. The first that fits counts. */
const REASONS: readonly (readonly [form: RegExp, reason: (match: string) => string])[] = [
  [
    /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/u,
    (dash) => `"${dash}" is ${codePoint(dash)}, not the minus sign "-"`,
  ],
  [/(?![0-9])\p{Nd}/u, (digit) => `"${digit}" is ${codePoint(digit)}; digits are 0 to 9`],
  [/^[+-]?nan$/iu, () => "NaN has no place in an order"],
  [/^[+-]?inf(inity)?$/iu, () => "infinity is not a number that can be sorted exactly"],
  [/^(null|none|nil|n\/a|na|true|false|undefined)$/iu, (word) => `${word} is not a number`],
  [/^[+-]?0x/iu, () => "hexadecimal numbers are not read"],
  [/\p{Sc}/u, (sign) => `"${sign}" is a currency sign; send the number alone`],
  [/[%\u2030]/u, (sign) => `"${sign}" is a percent sign; send the number alone`],
  [/\d[_\u2019\u02d9\u066c]\d/u, () => NO_GROUPING],
  [/^[+-]?\d{1,3}(\.\d{3})+$/u, () => "a point separates thousands here; send the number without it"],
  [
    /[\u00ab\u00bb\u2018-\u201f\u2039\u203a]/u,
    (mark) => `"${mark}" is ${codePoint(mark)}, not the quotation mark '"'`,
  ],
  [/^["']$/u, () => "the quotation mark has no partner"],
];

/** Why a token is not read as a number; undefined where no known reason fits. */
export function reasonFor(token: string): string | undefined {
  for (const [form, reason] of REASONS) {
    const match = form.exec(token);
    if (match !== null) return reason(match[0]);
  }
  return undefined;
}

function codePoint(character: string): string {
  return `U+${Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0")}`;
}
