import type { KernelThread } from "../threads/kernel-thread.ts";
import type { Piece } from "./pieces.ts";

/** A piece up to this length is not halved. If the kernel declines it, the plain implementation reads it. */
const LEAST_BYTES = 2 ** 15;

/** A piece in two halves. This object keeps the second half while the first is in the thread's memory. */
export interface Halves {
  readonly first: Piece;
  readonly second: Piece;
  loadFirst(): void;
  loadSecond(): void;
}

/** Halves the piece in a thread's memory; undefined if it is short, or can't be cut. */
export function halve(thread: KernelThread, piece: Piece): Halves | undefined {
  const { prefix, contentBytes, form } = piece;
  if (contentBytes <= LEAST_BYTES) return undefined;
  const content = thread.input.subarray(prefix.length, prefix.length + contentBytes);
  const cut = form.cut(content, contentBytes >> 1, piece);
  if (cut === undefined || cut === "fault") return undefined;

  const gap = Buffer.from(content.subarray(cut.end, cut.next));
  const secondContent = Buffer.from(content.subarray(cut.next));
  const first = { ...piece, contentBytes: cut.end, suffix: cut.suffix, gap };
  const second = {
    ...piece,
    ...cut.beginning,
    offset: piece.offset + piece.input.bytesOf(content.subarray(0, cut.next)),
    contentBytes: secondContent.length,
  };
  return {
    first,
    second,
    loadFirst() {
      thread.inputBytes = prefix.length + cut.end;
      thread.append(first.suffix);
    },
    loadSecond() {
      thread.inputBytes = 0;
      thread.append(cut.beginning.prefix);
      thread.append(secondContent);
      thread.append(second.suffix);
    },
  };
}
