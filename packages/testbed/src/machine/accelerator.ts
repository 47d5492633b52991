/** Who runs a virtual machine's instructions: the processor where QEMU can use it, else a program. */
import { once } from "node:events";
import { start } from "../command.ts";

/** QEMU's arguments for both ways. An emulated processor is the faster the less it has: this one has what Node asks for. */
const byProcessor = ["-accel", "kvm", "-cpu", "host"];
const byEmulation = ["-accel", "tcg,thread=multi", "-cpu", "Nehalem"];

/** A kernel that is run by the processor comes to its end in a second or two. */
const trialMilliseconds = 20_000;

/** The kernel's parameters by which it ends QEMU, when that has `-no-reboot`, as soon as it finds that it has no disk. */
const endOfTrial = "panic=-1";

/**
 * QEMU's arguments for the fastest way that works here. It is tried: /dev/kvm may open and still run no kernel, as in a
 * virtual machine whose own host does not let it.
 */
export async function accelerator(kernel: string): Promise<readonly string[]> {
  return (await runsKernel(byProcessor, kernel)) ? byProcessor : byEmulation;
}

async function runsKernel(accelerator: readonly string[], kernel: string): Promise<boolean> {
  const trial = start(
    "qemu-system-x86_64",
    [
      ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
      ...accelerator,
      ...["-kernel", kernel, "-append", endOfTrial],
    ],
    { timeout: trialMilliseconds },
  );
  const [status] = await once(trial, "exit");
  return status === 0;
}
