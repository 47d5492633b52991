import { Allowance } from "../load/allowance.ts";
import { KernelInstancePool } from "./kernel-instance-pool.ts";

/** The memory that all requests of a process share. Each acquires its part through its `RequestMemory`. */
export class MemoryBudget {
  /** Bytes for bodies in flight, from their first byte until their answer has left. */
  readonly bodies: Allowance;
  /** Bytes for the numbers of bodies that threads sort. */
  readonly numbers: Allowance;
  /** Receives and sorts large bodies. */
  readonly instances: KernelInstancePool;

  /** @param halfBytes how many bytes there are for bodies, and again for their numbers */
  constructor(halfBytes: number) {
    this.bodies = new Allowance(halfBytes);
    this.numbers = new Allowance(halfBytes);
    this.instances = new KernelInstancePool(halfBytes);
  }
}
