/** What a maker of machines receives and returns. */
import type { Services } from "./services.ts";

/** The settings of a machine. */
export interface MachineOptions {
  /** Also the instance's ID. */
  readonly hostName: string;
  readonly userData: string;
  readonly services: Services;
  /** The machine's ports that this machine can reach. */
  readonly ports: readonly number[];
  /** What else the cloud does on the machine at each start: commands, before anything else. */
  readonly bootCommands?: readonly (readonly string[])[];
}

/** A machine that is starting, as its maker returns it: systemd-nspawn's container or QEMU's virtual machine. */
export interface Started {
  /** Whether it has stopped, by itself or for good. While it restarts it is not off. */
  isOff(): boolean;
  /** Ports of loopback by the machine's ports. */
  readonly localPorts: ReadonlyMap<number, number>;
  /** The file with the output of its console. */
  readonly consoleFile: string;
  /** A start that takes longer than this has failed. */
  readonly patienceSeconds: number;
  /** The pause between two questions. */
  readonly pauseSeconds: number;
  /**
   * Runs a command in it, and returns the standard output.
   *
   * @throws Error with all of the output, if the exit status is not 0.
   */
  run(command: string, args: readonly string[]): Promise<string>;
  /** Cuts its power. */
  close(): Promise<void>;
}

/** Switches a machine on. */
export type Maker = (options: MachineOptions) => Promise<Started>;
