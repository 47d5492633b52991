import { createGzip, createZstdCompress } from "node:zlib";
import type { Sink } from "./store.ts";
import { StreamSink } from "./stream-sink.ts";

/** Compresses what is written, part after part, into the parts of another sink. */
export class CompressedSink implements Sink {
  readonly #target: Sink;
  readonly #compressor: NodeJS.ReadWriteStream & { destroy(): void };
  readonly #compressed: StreamSink;
  readonly #pumping: Promise<void>;

  constructor(target: Sink, compression: "gzip" | "zstd") {
    this.#target = target;
    this.#compressor = compression === "gzip" ? createGzip() : createZstdCompress();
    this.#compressed = new StreamSink(this.#compressor, compression);
    this.#pumping = this.#pump();
    // The next write or commit fails with the error.
    this.#pumping.catch(() => this.#compressor.destroy());
  }

  async write(part: number, bytes: Uint8Array): Promise<void> {
    await Promise.race([this.#compressed.write(part, bytes), this.#pumping]);
  }

  async commit(): Promise<void> {
    this.#compressor.end();
    await this.#pumping;
    await this.#target.commit();
  }

  async abort(): Promise<void> {
    await this.#compressed.abort();
    this.#compressor.destroy();
    await this.#pumping.catch(() => {});
    await this.#target.abort();
  }

  async #pump(): Promise<void> {
    let part = 0;
    let position = 0;
    for await (const chunk of this.#compressor) {
      const bytes: Uint8Array = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      await this.#target.write(part, bytes, position);
      part += 1;
      position += bytes.length;
    }
  }
}
