import { Readable } from "node:stream";
import type { Input } from "../options.ts";
import { compressionOf, decompress, MAGIC_BYTES } from "../store/compression.ts";
import { openFile } from "../store/file-source.ts";
import type { Source } from "../store/store.ts";

/** An open input: a source that can be read at any place, or chunks one after the other. */
export interface OpenInput {
  readonly name: string;
  /** Bytes before decompression; undefined for streams. */
  readonly size: number | undefined;
  /** Present if the input is neither a stream nor compressed. */
  readonly source: Source | undefined;
  /** The bytes from the beginning, decompressed. Call it once. */
  chunks(): AsyncIterable<Uint8Array>;
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
  return {
    name,
    size,
    source: compression === "none" ? source : undefined,
    chunks: () =>
      compression === "none" ? chunksOf(source) : decompress(chunksOf(source), compression, name),
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
  const head: Uint8Array[] = [];
  let headBytes = 0;
  while (headBytes < MAGIC_BYTES) {
    const { done, value } = await iterator.next();
    if (done) break;
    head.push(value);
    headBytes += value.length;
  }
  const compression = compressionOf(Buffer.concat(head));
  async function* whole() {
    yield* head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return {
    name,
    size: undefined,
    source: undefined,
    chunks: () => (compression === "none" ? whole() : decompress(whole(), compression, name)),
    verify: async () => {},
    close: async () => {
      if (stream instanceof Readable) stream.destroy();
      else await iterator.return?.();
    },
  };
}
