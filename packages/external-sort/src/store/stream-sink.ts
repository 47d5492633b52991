import type { Sink } from "./store.ts";
import { named } from "./system-error.ts";

/** How many bytes are copied and given to the stream at once. */
const CHUNK_BYTES = 2 ** 18;

/** Writes the parts to a stream in order. It can't take back what it has written: `abort` only stops. */
export class StreamSink implements Sink {
  readonly #name: string;
  readonly #stream: NodeJS.WritableStream;
  readonly #waiting = new Map<number, () => void>();
  #next = 0;
  /** Anything may be thrown. */
  #error: unknown;
  readonly #failed = Promise.withResolvers<void>();
  readonly #fail = (error: Error) => {
    this.#error ??= named(this.#name, error);
    this.#failed.resolve();
    for (const go of this.#waiting.values()) go();
  };

  /** @param name what errors call it */
  constructor(stream: NodeJS.WritableStream, name: string) {
    this.#name = name;
    this.#stream = stream;
    stream.on("error", this.#fail);
  }

  async write(part: number, bytes: Uint8Array): Promise<void> {
    if (part !== this.#next) await new Promise<void>((go) => this.#waiting.set(part, go));
    for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
      if (this.#error !== undefined) throw this.#error;
      const chunk = Buffer.from(bytes.slice(start, start + CHUNK_BYTES));
      if (!this.#stream.write(chunk)) await Promise.race([this.#drained(), this.#failed.promise]);
    }
    this.#next += 1;
    this.#waiting.get(this.#next)?.();
    this.#waiting.delete(this.#next);
  }

  /** Waits until everything has been written; the stream stays open. */
  async commit(): Promise<void> {
    if (this.#error !== undefined) throw this.#error;
    await new Promise<void>((done, fail) =>
      this.#stream.write("", (error) => (error ? fail(named(this.#name, error)) : done())),
    );
    this.#stream.off("error", this.#fail);
  }

  /** Resolved when the stream takes more, or will never take more. */
  #drained(): Promise<void> {
    return new Promise((done) => {
      const finish = () => {
        this.#stream.off("drain", finish).off("close", finish);
        done();
      };
      this.#stream.on("drain", finish).on("close", finish);
    });
  }

  async abort(): Promise<void> {
    this.#fail(new Error("aborted"));
  }
}
