import { MOST_SMALL_BYTES } from "../http/request-body.ts";
import { Allowance } from "../load/allowance.ts";
import { bodyMemoryBytes, smallBodiesBytes } from "../load/memory-limits.ts";
import { KernelInstancePool } from "./kernel-instance-pool.ts";

/** The memory that all requests of a process share. Each acquires its part through its `RequestMemory`. */
export class MemoryBudget {
  /** Bytes for bodies in flight, from their first byte until their answer has left. */
  readonly bodies: Allowance;
  /** Bytes for the numbers of bodies that threads sort. */
  readonly numbers: Allowance;
  /** Receives and sorts large bodies. */
  readonly instances: KernelInstancePool;

  /** How much of the bytes for bodies the large ones leave to the small ones. */
  readonly #smallBodiesBytes: number;

  /** @param halfBytes how many bytes there are for large bodies, and again for their numbers */
  constructor(halfBytes: number) {
    this.#smallBodiesBytes = smallBodiesBytes(halfBytes);
    this.bodies = new Allowance(halfBytes + this.#smallBodiesBytes);
    this.numbers = new Allowance(halfBytes);
    this.instances = new KernelInstancePool(halfBytes);
  }

  /** Whether a body of this many bytes would fit now. That promises nothing: bodies acquire memory as they come. */
  hasRoomForBody(bodyBytes: number): boolean {
    return this.bodies.hasRoom(bodyMemoryBytes(bodyBytes), this.#leftBy(bodyBytes));
  }

  /**
   * Acquires so many bytes more for a body that now has `bodyBytes`. Returns false if there is not enough, or if it is
   * what the large bodies leave to the small ones.
   */
  acquireForBody(bytes: number, bodyBytes: number): boolean {
    return this.bodies.tryAcquire(bytes, this.#leftBy(bodyBytes));
  }

  #leftBy(bodyBytes: number): number {
    return bodyBytes > MOST_SMALL_BYTES ? this.#smallBodiesBytes : 0;
  }
}
