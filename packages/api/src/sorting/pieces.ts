import { noteBufferGarbage } from "./collect-garbage.ts";

/** The least room for the pieces after the first. */
const LEAST_ROOM_BYTES = 1024;

/**
 * The bytes of a small body, as they come. The first piece stays as it is, because most bodies come in one. The others
 * are copied together: a piece of one byte takes 160 bytes of memory. What is held is at most the first piece, and for
 * the others 1 KiB or twice their bytes.
 *
 * @example
 * const pieces = new Pieces();
 * for (const piece of ["[3", ",1", "]"]) pieces.add(Buffer.from(piece));
 * Buffer.concat(pieces.all).toString(); // "[3,1]"
 */
export class Pieces {
  #first: Buffer | undefined;
  /** The pieces after the first, copied together, and room for more. */
  #others: Buffer | undefined;
  #othersEnd = 0;

  /** The bytes in order, in one piece or two. */
  get all(): readonly Buffer[] {
    if (this.#first === undefined) return [];
    if (this.#others === undefined) return [this.#first];
    return [this.#first, this.#others.subarray(0, this.#othersEnd)];
  }

  /** Adds to the end, in constant time a byte on average. */
  add(piece: Buffer): void {
    if (this.#first === undefined) {
      this.#first = piece;
      return;
    }
    const end = this.#othersEnd + piece.length;
    const others = this.#othersWithRoom(end);
    piece.copy(others, this.#othersEnd);
    this.#othersEnd = end;
    noteBufferGarbage(piece.length);
  }

  #othersWithRoom(bytes: number): Buffer {
    const others = this.#others;
    if (others !== undefined && others.length >= bytes) return others;
    // Not from Node's pool: a part of that keeps the whole of it.
    const larger = Buffer.allocUnsafeSlow(Math.max(LEAST_ROOM_BYTES, 2 * bytes));
    others?.copy(larger, 0, 0, this.#othersEnd);
    this.#others = larger;
    return larger;
  }
}
