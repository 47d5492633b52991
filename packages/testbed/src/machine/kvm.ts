/** Whether the processor itself can run a virtual machine's instructions here, or a program has to emulate them. */
import { execute } from "../command.ts";

/** QEMU's arguments for both ways. An emulated processor is the faster the less it has: this one has what Node asks for. */
export const BY_PROCESSOR = ["-accel", "kvm", "-cpu", "host"];
export const BY_EMULATION = ["-accel", "tcg,thread=multi", "-cpu", "Nehalem"];

/**
 * Tries KVM: QEMU makes a virtual machine, which never runs, and is told to quit. /dev/kvm may open and still lack what a
 * kernel of today needs, as in a virtual machine whose own host offers a processor of twenty years ago.
 *
 * @returns False also where there is no QEMU.
 */
export async function kvmWorks(): Promise<boolean> {
  const trial = [
    ...["-nodefaults", "-no-user-config", "-display", "none", "-S", "-monitor", "stdio"],
    ...["-accel", "kvm", "-cpu", "Nehalem,enforce"],
  ];
  return execute("qemu-system-x86_64", trial, "quit\n").then(
    () => true,
    () => false,
  );
}
