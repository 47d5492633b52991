import { Readable } from "node:stream";
import type { Compression, Input } from "../options.ts";
import { compressionOf, decompress, MAGIC_BYTES } from "../store/compression.ts";
import { openFile } from "../store/file-source.ts";
import type { Source } from "../store/store.ts";
import { withPath } from "../store/system-error.ts";
import { type Encoding, encodingOf, MARK_BYTES, utf8FromUtf16, utf16BytesOf } from "../store/utf16.ts";

/** An open input: a source that can be read at any place, or chunks one after the other. */
export interface OpenInput {
  readonly name: string;
  /** Bytes before decompression; undefined for streams. */
  readonly size: number | undefined;
  /** Present if the input can be read at any place: it is not a stream, and neither compressed nor in UTF-16. */
  readonly source: Source | undefined;
  /** The bytes from the beginning, decompressed and in UTF-8. Call it once. */
  chunks(): AsyncIterable<Uint8Array>;
  /** How many bytes these take in the decompressed input, which may be in UTF-16. */
  bytesOf(utf8: Uint8Array): number;
  /** @throws {FileSortError} INPUT_CHANGED */
  verify(): Promise<void>;
  close(): Promise<void>;
}

const CHUNK_BYTES = 2 ** 20;

/** @throws {FileSortError} BAD_COMPRESSION; Node's own errors */
export async function openInput(input: Input): Promise<OpenInput> {
  if (typeof input === "string") {
    const opened = await openFile(input);
    if ("read" in opened && "size" in opened) return openSource(opened);
    return openStream(input, opened.createReadStream());
  }
  if ("stream" in input) return openStream(input.name ?? "stdin", input.stream);
  return openSource(input);
}

async function openSource(source: Source): Promise<OpenInput> {
  const first = new Uint8Array(MAGIC_BYTES);
  const compression = compressionOf(first.subarray(0, await source.read(first, 0)));
  const { name, size } = source;
  const text = new Text(chunksOf(source), compression, name);
  const isPlain = compression === "none" && encodingOf(first) === "utf-8";
  return {
    name,
    size,
    source: isPlain ? source : undefined,
    chunks: () => text.chunks(),
    bytesOf: (utf8) => text.bytesOf(utf8),
    verify: () => source.verify(),
    close: () => source.close(),
  };
}

async function* chunksOf(source: Source): AsyncGenerator<Uint8Array, void, undefined> {
  for (let position = 0; position < source.size; ) {
    const chunk = new Uint8Array(Math.min(CHUNK_BYTES, source.size - position));
    position += await source.read(chunk, position);
    yield chunk;
  }
}

async function openStream(name: string, stream: AsyncIterable<Uint8Array>): Promise<OpenInput> {
  const iterator = stream[Symbol.asyncIterator]();
  const named = { [Symbol.asyncIterator]: () => ({ next: () => withPath(name, iterator.next()) }) };
  const { first, whole } = await peek(named, MAGIC_BYTES);
  const text = new Text(whole, compressionOf(first), name);
  return {
    name,
    size: undefined,
    source: undefined,
    chunks: () => text.chunks(),
    bytesOf: (utf8) => text.bytesOf(utf8),
    verify: async () => {},
    close: async () => {
      if (stream instanceof Readable) stream.destroy();
      else await iterator.return?.();
    },
  };
}

/** The text of an input, in UTF-8. */
class Text {
  readonly #bytes: AsyncIterable<Uint8Array>;
  #encoding: Encoding = "utf-8";

  /** @param bytes as they are in the file */
  constructor(bytes: AsyncIterable<Uint8Array>, compression: Compression, name: string) {
    this.#bytes = compression === "none" ? bytes : decompress(bytes, compression, name);
  }

  async *chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const { first, whole } = await peek(this.#bytes, MARK_BYTES);
    const encoding = encodingOf(first);
    this.#encoding = encoding;
    yield* encoding === "utf-8" ? whole : utf8FromUtf16(whole, encoding);
  }

  bytesOf(utf8: Uint8Array): number {
    return this.#encoding === "utf-8" ? utf8.length : utf16BytesOf(utf8);
  }
}

/** The first bytes of some chunks, at least so many if there are as many; and the chunks with these. */
async function peek(
  chunks: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<{ first: Uint8Array; whole: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  let headBytes = 0;
  while (headBytes < bytes) {
    const { done, value } = await iterator.next();
    if (done) break;
    head.push(value);
    headBytes += value.length;
  }
  async function* whole() {
    yield* head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first: Buffer.concat(head), whole: whole() };
}
