import { Transform, type TransformCallback } from "node:stream";
import { ProblemError } from "@sorted/contract";

/** Each frame is a turn of the decoder, however little it holds. */
const MOST_FRAMES = 1000;

/** What begins a frame, and a frame that holds nothing to decode (RFC 8878, section 3.1). */
const MAGIC = 0xfd2fb528;
const SKIPPABLE_MAGIC = 0x184d2a5;
/** The bytes of the fields in a frame's header, by the flags that announce them (section 3.1.1.1). */
const DICTIONARY_BYTES = [0, 1, 2, 4] as const;
const CONTENT_SIZE_BYTES = [0, 2, 4, 8] as const;
const CHECKSUM_BYTES = 4;
const RUN_LENGTH_BLOCK = 1;

/** Where the next bytes belong: to the start of a frame, to its descriptor, or to the header of a block. */
type Place = "magic" | "descriptor" | "skippable" | "block";
const HEADER_BYTES: { readonly [place in Place]: number } = {
  magic: 4,
  descriptor: 1,
  skippable: 4,
  block: 3,
};

/**
 * Cuts a zstd body where its frames end. Node's decoder goes on with the next frame only if that begins a piece of its
 * own, and throws away the rest of a piece otherwise. Node's own encoder ends what it makes with an empty frame.
 */
export class ZstdFrames extends Transform {
  #place: Place = "magic";
  /** The header that is being read, as a little-endian number, and how many of its bytes have come. */
  #header = 0;
  #headerBytes = 0;
  /** How many bytes until the next header. */
  #skipBytes = 0;
  #hasChecksum = false;
  #isLastBlock = false;
  #frames = 0;
  /** Whether this is not zstd. The decoder says so. */
  #isBroken = false;

  override _transform(piece: Buffer, _encoding: string, done: TransformCallback): void {
    let start = 0;
    let at = 0;
    while (at < piece.length && !this.#isBroken) {
      if (this.#skipBytes > 0) {
        const bytes = Math.min(this.#skipBytes, piece.length - at);
        this.#skipBytes -= bytes;
        at += bytes;
      } else {
        this.#header += (piece[at] ?? 0) * 2 ** (8 * this.#headerBytes);
        this.#headerBytes += 1;
        at += 1;
        if (this.#headerBytes === HEADER_BYTES[this.#place]) this.#readHeader();
      }
      if (this.#skipBytes === 0 && this.#isLastBlock) {
        this.#isLastBlock = false;
        this.#place = "magic";
        this.#frames += 1;
        if (this.#frames > MOST_FRAMES) {
          done(new ProblemError("INVALID_CODING", `the body has more than ${MOST_FRAMES} zstd frames`));
          return;
        }
        this.push(piece.subarray(start, at));
        start = at;
      }
    }
    if (start < piece.length) this.push(piece.subarray(start));
    done();
  }

  /** Finds out how long what follows the header is. */
  #readHeader(): void {
    const header = this.#header;
    this.#header = 0;
    this.#headerBytes = 0;
    switch (this.#place) {
      case "magic":
        if (header === MAGIC) this.#place = "descriptor";
        else if (header >>> 4 === SKIPPABLE_MAGIC) this.#place = "skippable";
        else this.#isBroken = true;
        return;
      case "skippable":
        this.#skipBytes = header;
        this.#isLastBlock = true;
        return;
      case "descriptor":
        this.#skipBytes = fieldBytes(header);
        this.#hasChecksum = (header & 0b100) !== 0;
        this.#place = "block";
        return;
      case "block":
        this.#isLastBlock = (header & 1) === 1;
        this.#skipBytes = ((header >> 1) & 0b11) === RUN_LENGTH_BLOCK ? 1 : header >> 3;
        if (this.#isLastBlock && this.#hasChecksum) this.#skipBytes += CHECKSUM_BYTES;
    }
  }
}

/** How many bytes the header of a frame has after its descriptor. */
function fieldBytes(descriptor: number): number {
  const isSingleSegment = (descriptor & 0b10_0000) !== 0;
  const sizeBytes = CONTENT_SIZE_BYTES[(descriptor >> 6) & 0b11] ?? 0;
  const dictionaryBytes = DICTIONARY_BYTES[descriptor & 0b11] ?? 0;
  // A frame in a single segment has no window, and always a size.
  return dictionaryBytes + (isSingleSegment ? Math.max(1, sizeBytes) : 1 + sizeBytes);
}
