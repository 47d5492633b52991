/** What a host does for its container, from the first boot on: the same on both clouds. */
import { type Docker, Machine, type MachineOptions, run, smoke } from "@sorted/testbed";
import type { Test } from "tap";

/** A machine, and the unit and the image that are to run on it. */
export interface Hosted {
  readonly machine: Machine;
  /** The name of the container, and of its unit. */
  readonly name: string;
  /** By digest, as the user data names it. */
  readonly image: string;
  /** The ports of the machine that lead to the container. */
  readonly ports: readonly number[];
}
