/** Replaces a temporary file of a few megabytes. */
export class MemoryFile {
  #bytes = Buffer.alloc(0);

  get bytes(): number {
    return this.#bytes.length;
  }

  async append(bytes: Uint8Array): Promise<number> {
    const position = this.#bytes.length;
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    return position;
  }

  async read(buffer: Uint8Array, position: number): Promise<void> {
    buffer.set(this.#bytes.subarray(position, position + buffer.length));
  }

  async close(): Promise<void> {}
}
