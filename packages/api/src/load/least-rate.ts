/** What a side had transferred when its time began, and for how many seconds it has been looked at since. */
interface Transfer {
  bytes: number;
  seconds: number;
}

/**
 * Finds transfers that are too slow. Whoever looks once a second counts its own turns, not the time: the other side is
 * not to blame while the service itself is busy.
 *
 * @example
 * const rate = new LeastRate({ bytesPerSecond: 1000, seconds: 10 });
 * setInterval(() => rate.isBelow(socket, socket.bytesRead) && socket.destroy(), 1000);
 */
export class LeastRate {
  readonly #leastBytes: number;
  readonly #seconds: number;
  readonly #transfers = new WeakMap<object, Transfer>();

  /** @param rate how many bytes a second there must be, and for how many seconds there may be fewer */
  constructor({ bytesPerSecond, seconds }: { readonly bytesPerSecond: number; readonly seconds: number }) {
    this.#leastBytes = bytesPerSecond * seconds;
    this.#seconds = seconds;
  }

  /**
   * Call it once a second for each transfer.
   *
   * @param transfer what stands for it, such as a socket
   * @param bytes how many bytes it has transferred so far
   * @returns whether it was too slow for the whole time
   */
  isBelow(transfer: object, bytes: number): boolean {
    const since = this.#transfers.get(transfer);
    if (since === undefined) {
      this.#transfers.set(transfer, { bytes, seconds: 0 });
      return false;
    }
    since.seconds += 1;
    if (since.seconds < this.#seconds) return false;
    const isBelow = bytes - since.bytes < this.#leastBytes;
    since.bytes = bytes;
    since.seconds = 0;
    return isBelow;
  }

  /** Begins anew when the transfer goes on. */
  forget(transfer: object): void {
    this.#transfers.delete(transfer);
  }
}
