/** What a maker of machines is given, and what it hands over. */
import type { Services } from "./services.ts";

/** What a machine is given. */
export interface MachineOptions {
  /** Also the instance's ID. */
  readonly hostName: string;
  readonly userData: string;
  readonly services: Services;
  /** The machine's ports that are reached from here. */
  readonly ports: readonly number[];
}

/** A machine as its maker hands it over, on its way up: systemd-nspawn's container or QEMU's virtual machine. */
export interface Started {
  /** Whether it has gone, by itself or for good. While it restarts it is not off. */
  isOff(): boolean;
  /** Ports of loopback by the machine's ports. */
  readonly localPorts: ReadonlyMap<number, number>;
  /** The file that its console is written to. */
  readonly consoleFile: string;
  /** What takes longer than this has failed. */
  readonly patienceSeconds: number;
  /** Between questions. */
  readonly pauseSeconds: number;
  /**
   * Runs a command in it, and returns what that printed to standard output.
   *
   * @throws Error with all that it printed, if it ends with anything but 0.
   */
  run(command: string, args: readonly string[]): Promise<string>;
  /** Cuts its power. */
  close(): Promise<void>;
}

/** Switches a machine on. */
export type Maker = (options: MachineOptions) => Promise<Started>;
