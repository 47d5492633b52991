import { SortedError } from "@sorted/core";
import { InputError } from "../errors.ts";
import { isDigit, isLineEnd, NOTHING } from "../forms/form.ts";
import { lineEndsIn, PieceFault } from "./faults.ts";
import type { OpenInput } from "./inputs.ts";
import { formOfPiece, type Piece } from "./pieces.ts";

const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const A_COMMA = Uint8Array.of(COMMA);

/** A place in a piece. */
interface Place {
  readonly piece: Piece;
  /** Byte of the input. */
  readonly offset: number;
  /** Line ends of the piece before it. */
  readonly lineEnds: number;
  /** Only in CSV, and if the piece has the beginning of the line. */
  readonly column: number | undefined;
}

/**
 * Finds inputs in which both of these separate numbers: a semicolon, and a comma directly between two digits, which may
 * be a decimal comma. The kernel finds this within a piece, but the pieces of an input together may have both as well.
 *
 * In a piece without a fault, every semicolon and every such comma separates numbers, except in headings.
 */
export class AmbiguousSeparators {
  readonly #firstCommas = new Map<OpenInput, Place>();
  readonly #firstSemicolons = new Map<OpenInput, Place>();

  /** @param whole the piece as it is in memory */
  add(piece: Piece, whole: Buffer): void {
    const { grammar, decimal, header, column } = formOfPiece(piece);
    const isText = grammar === "text" || grammar === "csv";
    if (!isText || piece.form.first.grammar === "json" || decimal === "comma" || column !== undefined) return;
    const { prefix, contentBytes, gap } = piece;
    const content = whole.subarray(prefix.length, prefix.length + contentBytes);
    const start = header === "present" ? (piece.form.endOfHeadings?.(content) ?? contentBytes) : 0;
    this.#note(this.#firstSemicolons, piece, content, () => {
      const inContent = content.indexOf(SEMICOLON, start);
      const inGap = gap.indexOf(SEMICOLON);
      return inContent >= 0 ? inContent : inGap >= 0 ? contentBytes + inGap : undefined;
    });
    this.#note(this.#firstCommas, piece, content, () =>
      // The comma directly before the piece.
      piece.isBetweenDigits ? -1 : commaBetweenDigits(content, start),
    );
  }

  /** The first place, over all inputs, at which an input has had both. */
  firstFault(): PieceFault | undefined {
    const faults = [...this.#firstCommas].flatMap(([input, comma]) => {
      const semicolon = this.#firstSemicolons.get(input);
      if (semicolon === undefined) return [];
      return semicolon.offset > comma.offset ? [fault(semicolon, NOTHING)] : [fault(comma, A_COMMA)];
    });
    return faults.sort((a, b) => a.piece.index - b.piece.index)[0];
  }

  /** Pieces may come in any order. */
  #note(places: Map<OpenInput, Place>, piece: Piece, content: Buffer, find: () => number | undefined): void {
    const known = places.get(piece.input);
    if (known !== undefined && known.piece.index < piece.index) return;
    const at = find();
    if (at === undefined) return;
    const before =
      at <= content.length ? content.subarray(0, at) : Buffer.concat([content, piece.gap]).subarray(0, at);
    const lineEnds = lineEndsIn(before, piece);
    const isColumnKnown = piece.form.first.grammar === "csv" && (piece.startsLine || lineEnds > 0);
    places.set(piece.input, {
      piece,
      offset: piece.offset + (at < 0 ? -piece.input.bytesOf(A_COMMA) : piece.input.bytesOf(before)),
      lineEnds,
      column: isColumnKnown ? columnAfter(before) : undefined,
    });
  }
}

/** @param after what of the input lies between the place and the fault */
function fault({ piece, offset: before, lineEnds, column }: Place, after: Uint8Array): PieceFault {
  const offset = before + piece.input.bytesOf(after);
  const detail =
    'both "," and ";" separate numbers here; if the comma is a decimal comma, send decimal=comma';
  return new PieceFault(
    piece,
    offset,
    lineEnds,
    (line) =>
      new InputError(
        piece.input.name,
        new SortedError("AMBIGUOUS_SEPARATOR", detail, {
          offset,
          line,
          ...(column === undefined ? {} : { column: column + after.length }),
        }),
      ),
  );
}

/** The column, from 1, that comes after these bytes. No number in quotation marks holds a separator. */
function columnAfter(bytes: Buffer): number {
  const lineStart = bytes.findLastIndex(isLineEnd) + 1;
  return bytes.subarray(lineStart).filter((byte) => byte === COMMA || byte === SEMICOLON).length + 1;
}

function commaBetweenDigits(content: Buffer, start: number): number | undefined {
  const first = content.indexOf(COMMA, start);
  if (first < 0) return undefined;
  for (let at = first; at < content.length - 1; at += 1)
    if (content[at] === COMMA && isDigit(content[at + 1]) && isDigit(content[at - 1])) return at;
  return undefined;
}
