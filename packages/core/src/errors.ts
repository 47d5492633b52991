/**
 * Every way in which an input can be refused. The keys are the stable codes; the sentences are the documentation that
 * `docs/errors.md` and the API's problem documents are made from.
 */
export const errorDefinitions = {
  INVALID_JSON: {
    title: "The document is not JSON",
    description:
      "The document breaks the grammar of RFC 8259. `offset` is the first byte that the grammar does not allow there.",
  },
  INVALID_UTF8: {
    title: "The document is not UTF-8",
    description:
      "A sequence of bytes is not UTF-8 (overlong, a surrogate, truncated, out of range). `offset` is where it begins.",
  },
  INVALID_CSV: {
    title: "The table is not CSV",
    description:
      "The table breaks the grammar of RFC 4180: after the closing quotation mark of a field comes a separator or a line end, and each opening quotation mark has a closing one.",
  },
  AMBIGUOUS_SEPARATOR: {
    title: "It is not clear what separates the numbers",
    description:
      "A comma stands between two digits, and semicolons separate too: the comma may be a decimal comma. If it is, send `decimal=comma`; if it separates, put white space after it. In a table, line 1 has separators of two kinds.",
  },
  EMPTY_INPUT: {
    title: "The input is empty",
    description: "The input has no bytes, or only white space. To sort no numbers, send `[]`.",
  },
  NOT_A_NUMBER: {
    title: "Not a number",
    description:
      "A value is `true`, `false` or `null`, or a text that is neither a number nor a list of numbers. `offset` is the first character that is not allowed there.",
  },
  EXPONENT_OUT_OF_RANGE: {
    title: "An exponent is out of range",
    description:
      "A number is written with an exponent beyond ±999,999,999. `offset` is where the number begins.",
  },
  TOO_DEEP: {
    title: "Brackets are nested too deeply",
    description:
      "Arrays, objects and the brackets in strings are together nested deeper than the limit. `offset` is the first bracket beyond the limit.",
  },
  TOO_MANY_NUMBERS: {
    title: "Too many numbers",
    description: "The input has more numbers than the limit. `offset` is the first number beyond the limit.",
  },
  CYCLE: {
    title: "A value contains itself",
    description: "`sortNumbers` got an array or an object that contains itself.",
  },
  BAD_OPTION: {
    title: "An option is unknown, repeated, or has a bad value",
    description: "The detail names the option and the values it takes.",
  },
} as const;

/** A stable name for what was wrong. */
export type ErrorCode = keyof typeof errorDefinitions;

/** Where a fault lies; a member is absent where it has no meaning. */
export interface Place {
  /** Byte of the UTF-8 input, from 0; a byte order mark is counted. */
  readonly offset?: number;
  /** JSON Pointer (RFC 6901) of the value; absent when it is longer than 1 KiB. */
  readonly pointer?: string;
  /** Line of a text, from 1. */
  readonly line?: number;
  /** Field of the line of a table, from 1. */
  readonly column?: number;
}

/**
 * Thrown for every input that is refused. Its `message` is the `detail` followed by the place.
 *
 * @example
 * try {
 *   sortJson('{"x1": "3", "x2": true}');
 * } catch (error) {
 *   if (!(error instanceof SortedError)) throw error;
 *   error.code; // "NOT_A_NUMBER"
 *   error.pointer; // "/x2"
 *   error.offset; // 18
 * }
 */
export class SortedError extends Error implements Place {
  override readonly name = "SortedError";
  readonly code: ErrorCode;
  /** What was wrong and what would be right, without the place. */
  readonly detail: string;
  declare readonly offset?: number;
  declare readonly pointer?: string;
  declare readonly line?: number;
  declare readonly column?: number;
  readonly #place: Place;

  constructor(code: ErrorCode, detail: string, place: Place = {}) {
    // A structured clone keeps the message and the cause of an error, and none of its own properties.
    super(detail + describe(place), { cause: { code, detail, ...place } });
    this.code = code;
    this.detail = detail;
    this.#place = place;
    Object.assign(this, place);
  }

  /**
   * The error again from what a message between threads, or JSON, has left of it: its structured clone
   * (`postMessage`, `structuredClone`), or what `toJSON` gives.
   *
   * @returns undefined for anything else
   * @example
   * const error = new SortedError("CYCLE", "the value contains itself");
   * SortedError.from(structuredClone(error))?.code; // "CYCLE"
   */
  static from(value: unknown): SortedError | undefined {
    if (value instanceof SortedError) return value;
    const facts = value instanceof Error ? value.cause : value;
    if (!isFacts(facts)) return undefined;
    const { code, detail } = facts;
    return new SortedError(code, detail, placeOf(facts));
  }

  /** What is wrong and where, as plain values. */
  toJSON(): SortedErrorFacts {
    return { code: this.code, detail: this.detail, ...this.#place };
  }

  /** All that is known of where the fault lies. */
  get place(): Place {
    return this.#place;
  }
}

/** A `SortedError` as plain values, which JSON and messages between threads keep. */
export interface SortedErrorFacts extends Place {
  readonly code: ErrorCode;
  readonly detail: string;
}

function isFacts(value: unknown): value is SortedErrorFacts {
  if (typeof value !== "object" || value === null || !("code" in value && "detail" in value)) return false;
  const { code, detail } = value;
  return typeof code === "string" && Object.hasOwn(errorDefinitions, code) && typeof detail === "string";
}

function placeOf({ offset, pointer, line, column }: Place): Place {
  return {
    ...(offset !== undefined && { offset }),
    ...(pointer !== undefined && { pointer }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
  };
}

/** The error of an input that has more numbers than the limit. */
export function tooManyNumbers(most: number, place?: Place): SortedError {
  return new SortedError(
    "TOO_MANY_NUMBERS",
    `the input has more than ${most} ${most === 1 ? "number" : "numbers"}`,
    place,
  );
}

/** The same error with its place changed; an error of another kind as it is. */
export function withPlace(error: unknown, change: (place: Place) => Place): unknown {
  if (!(error instanceof SortedError)) return error;
  const { code, detail, place } = error;
  return new SortedError(code, detail, change(place));
}

function describe({ offset, pointer, line, column }: Place): string {
  const parts = [];
  if (pointer !== undefined) parts.push(`at ${JSON.stringify(pointer)}`);
  if (line !== undefined) parts.push(`line ${line}`);
  if (column !== undefined) parts.push(`column ${column}`);
  if (offset !== undefined) parts.push(`byte ${offset}`);
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}
