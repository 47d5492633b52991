import type { FileHandle } from "node:fs/promises";

/** More at once would keep the system's threads from other work, and macOS and Linux take no more than 2 GiB. */
const MAX_TRANSFER_BYTES = 2 ** 24;

/** Reads until the buffer is full or the file ends; returns how many bytes there were. */
export async function readFully(
  handle: FileHandle,
  buffer: Uint8Array,
  position: number | null,
): Promise<number> {
  let length = 0;
  while (length < buffer.length) {
    const wanted = Math.min(buffer.length - length, MAX_TRANSFER_BYTES);
    const place = position === null ? null : position + length;
    const { bytesRead } = await handle.read(buffer, length, wanted, place);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return length;
}

export async function writeFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let length = 0; length < bytes.length; ) {
    const wanted = Math.min(bytes.length - length, MAX_TRANSFER_BYTES);
    length += (await handle.write(bytes, length, wanted, position + length)).bytesWritten;
  }
}
