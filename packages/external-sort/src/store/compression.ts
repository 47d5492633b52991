import { once } from "node:events";
import type { Gunzip, ZstdDecompress } from "node:zlib";
import { FileSortError } from "../errors.ts";
import type { Compression } from "../options.ts";

/** How many first bytes tell the compression of an input. No number begins with them. */
export const MAGIC_BYTES = 4;

const MAGIC: { readonly [compression in Exclude<Compression, "none">]: readonly number[] } = {
  gzip: [0x1f, 0x8b],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
};

/** The compression of an input with these first bytes. */
export function compressionOf(first: Uint8Array): Compression {
  if (MAGIC.gzip.every((byte, i) => first[i] === byte)) return "gzip";
  return MAGIC.zstd.every((byte, i) => first[i] === byte) ? "zstd" : "none";
}

/**
 * Decompresses a stream, which may have several gzip members or zstd frames in a row.
 *
 * @throws {FileSortError} BAD_COMPRESSION
 */
export async function* decompress(
  chunks: AsyncIterable<Uint8Array>,
  compression: "gzip" | "zstd",
  name: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  // Imported only here, because most inputs don't need it.
  const { createGunzip, createZstdDecompress } = await import("node:zlib");
  const rest = new Rest(chunks);
  do {
    // Node's gunzip continues with the next member by itself; its zstd stops after the first frame.
    const decompressor = compression === "gzip" ? createGunzip() : createZstdDecompress();
    const feeding = feed(rest, decompressor);
    feeding.catch((error) => decompressor.destroy(error));
    try {
      yield* decompressor;
      await feeding;
      rest.giveBack(decompressor.bytesWritten);
    } catch (error) {
      if (!isCompressionError(error)) throw error;
      throw new FileSortError("BAD_COMPRESSION", `${name} is not valid ${compression}: ${error.message}`);
    } finally {
      decompressor.destroy();
    }
  } while (await rest.hasMore());
}

/** Chunks that can be read once more, without the bytes that a decompressor has used. */
class Rest {
  readonly #chunks: AsyncIterator<Uint8Array>;
  /** The next chunks. When it is empty, more come from `#chunks`. */
  #pending: Uint8Array[] = [];
  /** Chunks that were taken, but perhaps not used. */
  #taken: Uint8Array[] = [];
  /** Bytes before `#taken` since the last `giveBack`. */
  #used = 0;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async take(): Promise<Uint8Array | undefined> {
    await this.hasMore();
    const chunk = this.#pending.shift();
    if (chunk !== undefined) this.#taken.push(chunk);
    return chunk;
  }

  async hasMore(): Promise<boolean> {
    while (this.#pending.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      if (value.length > 0) this.#pending.push(value);
    }
    return true;
  }

  /** Forgets the chunks that end within this many bytes since the last `giveBack`. */
  forget(used: number): void {
    for (
      let [first] = this.#taken;
      first !== undefined && this.#used + first.length <= used;
      [first] = this.#taken
    ) {
      this.#used += first.length;
      this.#taken.shift();
    }
  }

  /** Returns what follows this many bytes, to be read once more. */
  giveBack(used: number): void {
    this.forget(used);
    const [first, ...others] = this.#taken;
    if (first !== undefined) this.#pending = [first.subarray(used - this.#used), ...others, ...this.#pending];
    this.#taken = [];
    this.#used = 0;
  }
}

/** Feeds a decompressor until it has what it needs. */
async function feed(rest: Rest, decompressor: Gunzip | ZstdDecompress): Promise<void> {
  const ended = once(decompressor, "end").catch(() => {});
  while (!decompressor.readableEnded) {
    const chunk = await rest.take();
    if (chunk === undefined) {
      decompressor.end();
      return;
    }
    await Promise.race([new Promise<void>((done) => decompressor.write(chunk, () => done())), ended]);
    rest.forget(decompressor.bytesWritten);
  }
}

function isCompressionError(error: unknown): error is Error {
  return (
    error instanceof Error && "code" in error && /^(Z_|ZSTD_|ERR_ZLIB|ERR_TRAILING)/.test(String(error.code))
  );
}
