/** Whether the processor itself can run a virtual machine's instructions, or a program must emulate them. */
import { execute } from "../command.ts";

/**
 * QEMU's arguments for both. An emulated processor is faster with fewer features: this one has those that Node needs.
 */
export const BY_PROCESSOR = ["-accel", "kvm", "-cpu", "host"];
export const BY_EMULATION = ["-accel", "tcg,thread=multi", "-cpu", "Nehalem"];

/**
 * Tries KVM: QEMU makes a virtual machine, which never runs, and quits. /dev/kvm may open but lack what a current
 * Linux needs, for example in a virtual machine whose host offers an old processor.
 *
 * @returns False also if QEMU is not installed.
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
