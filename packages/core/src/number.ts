import { COMMA, DOT, isDigit, LOWER_D, LOWER_E, MINUS, PLUS, UPPER_D, UPPER_E, ZERO } from "./characters.ts";
import type { Collector } from "./collector.ts";
import { SortedError } from "./errors.ts";
import { type Reader, unexpected } from "./reader.ts";

const MAX_EXPONENT = 999_999_999;

/**
 * How numbers are written. `json`: the number of RFC 8259, section 6. `loose`: the number of the string forms,
 * `[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?`. `loose-comma`: the same with a decimal comma.
 */
export type Notation = "json" | "loose" | "loose-comma";

/**
 * Reads one number and collects it. What follows the number is the caller's to judge.
 *
 * The literal is written as it is read, with the least change that makes it a JSON number: no leading `+`, no leading
 * zeros, no trailing dot, a 0 before a leading dot, a dot for a decimal comma, an `e` for the D of Fortran.
 *
 * @throws {SortedError} at the first character that no number could have there: INVALID_JSON in `json`, NOT_A_NUMBER in
 * `loose`; EXPONENT_OUT_OF_RANGE at the number's first character; TOO_MANY_NUMBERS
 */
export function readNumber(reader: Reader, collector: Collector, notation: Notation): void {
  const { table } = collector;
  const { offset } = reader;
  const strict = notation === "json";
  const decimalSign = notation === "loose-comma" ? COMMA : DOT;
  const fault = (expected: string) => unexpected(reader, strict ? "INVALID_JSON" : "NOT_A_NUMBER", expected);
  const copy = () => {
    table.write(reader.code);
    reader.advance();
  };
  /** From the first digit that is not 0 to the last one. */
  const significant = { start: 0, end: 0 };
  const copyDigit = () => {
    if (reader.code !== ZERO) {
      if (significant.end === 0) significant.start = table.position;
      significant.end = table.position + 1;
    }
    copy();
  };
  let magnitude = 0;

  if (reader.code === MINUS) copy();
  else if (reader.code === PLUS && !strict) reader.advance();

  const hasInteger = isDigit(reader.code);
  if (!hasInteger && (strict || reader.code !== decimalSign))
    throw fault(reader.offset === offset ? "a number" : "a digit");
  while (reader.code === ZERO) {
    reader.advance();
    if (strict && isDigit(reader.code)) {
      const detail = "a number can't start with 0 followed by another digit";
      throw new SortedError("INVALID_JSON", detail, { offset: reader.offset });
    }
  }
  for (; isDigit(reader.code); copyDigit()) magnitude += 1;
  if (magnitude === 0) table.write(ZERO);

  if (reader.code === decimalSign) {
    reader.advance();
    const hasFraction = isDigit(reader.code);
    if (!hasFraction && (strict || !hasInteger)) throw fault("a digit");
    if (hasFraction) table.write(DOT);
    for (; isDigit(reader.code); copyDigit()) {
      if (reader.code === ZERO && significant.end === 0) magnitude -= 1;
    }
  }

  const hasExponent = reader.code === LOWER_E || reader.code === UPPER_E;
  const hasFortranExponent = !strict && (reader.code === LOWER_D || reader.code === UPPER_D);
  if (hasExponent || hasFortranExponent) {
    if (hasExponent) copy();
    else {
      table.write(LOWER_E);
      reader.advance();
    }
    const sign = reader.code === MINUS ? -1 : 1;
    if (reader.code === MINUS || reader.code === PLUS) copy();
    if (!isDigit(reader.code)) throw fault("a digit");
    let exponent = 0;
    for (; isDigit(reader.code); copy()) {
      // Held just above the limit, it can neither overflow nor come back into range.
      exponent = Math.min(exponent * 10 + reader.code - ZERO, MAX_EXPONENT + 1);
    }
    if (exponent > MAX_EXPONENT) {
      throw new SortedError("EXPONENT_OUT_OF_RANGE", "the exponent is beyond ±999,999,999", { offset });
    }
    magnitude += sign * exponent;
  }

  collector.add(significant, magnitude, offset);
}
